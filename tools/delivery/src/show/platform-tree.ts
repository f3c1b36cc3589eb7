import type { ResolvedPlatform, Workload } from '../model/platform-model.ts';
import { formatCpu, formatMemory } from '../model/quantity.ts';
import { interfacesOf } from '../description/component-interfaces.ts';
import { sumRequests } from '../description/checks/node-fit.ts';

/** A platform in one environment as an indented tree: what runs, where it is reached, what it requests. */
export function renderTree(platform: ResolvedPlatform): string {
  const branches = [
    ...groupsOf(platform).map(({ title, workloads }) => ({
      title,
      leaves: workloads.map((workload) => describeWorkload(platform, workload)),
    })),
    ...chartBranch(platform),
  ];
  const sum = sumRequests(platform);
  const node =
    platform.node === undefined
      ? ''
      : ` of ${formatCpu(platform.node.cpu - platform.node.reserved.cpu)} CPU, ${formatMemory(platform.node.memory - platform.node.reserved.memory)}`;
  return [
    `${platform.title} (${platform.name}) · ${platform.environment} · ${platform.scheme}://${platform.domain}`,
    ...branches.flatMap(({ title, leaves }, index) => {
      const last = index === branches.length - 1;
      return [
        `${last ? '└' : '├'}─ ${title}`,
        ...leaves.map(
          (leaf, position) => `${last ? '   ' : '│  '}${position === leaves.length - 1 ? '└' : '├'}─ ${leaf}`,
        ),
      ];
    }),
    '',
    `${platform.workloads.length} containers, ${platform.routes.length} routes, ${platform.secrets.length} secrets; requests ${formatCpu(sum.cpu)} CPU, ${formatMemory(sum.memory)}${node}`,
  ].join('\n');
}

interface Group {
  readonly title: string;
  readonly workloads: readonly Workload[];
}

/** Workloads as people look for them: core services, products, applications, then components by tier. */
export function groupsOf(platform: ResolvedPlatform): Group[] {
  const { workloads } = platform;
  const tiers = [...new Set(workloads.filter(({ kind }) => kind === 'component').map(({ tier }) => tier))].toSorted();
  const groups: Group[] = [
    { title: 'Core services', workloads: workloads.filter(({ kind }) => kind === 'core') },
    {
      title: 'Applications',
      workloads: workloads.filter(({ kind, product }) => kind === 'application' && product === undefined),
    },
    ...platform.products.map(({ name, title }) => ({
      title,
      workloads: workloads.filter(({ product }) => product === name),
    })),
    ...tiers.map((tier) => ({
      title: tierTitles[tier] ?? `Tier ${tier}`,
      workloads: workloads.filter((workload) => workload.kind === 'component' && workload.tier === tier),
    })),
  ];
  return groups.filter((group) => group.workloads.length > 0);
}

const tierTitles: Readonly<Record<string, string>> = {
  '01': 'Gateway',
  '02': 'Sign-in',
  '03': 'Security',
  '04': 'Data',
  '05': 'Messaging',
  '06': 'Observability',
  '07': 'Workflow',
  '08': 'AI',
  '09': 'Tooling',
  '10': 'Communication',
  '11': 'Data APIs',
  '12': 'Privacy',
  '13': 'Growth',
  '14': 'Billing',
};

/** Components whose pods a chart of others makes: they are on Kubernetes alone, and their containers not ours to count. */
function chartBranch({ components, domain }: ResolvedPlatform): { title: string; leaves: string[] }[] {
  const leaves = components.flatMap((component) => {
    const { containers, kubernetes } = component.entry;
    if (containers.length > 0 || kubernetes.form !== 'chart') return [];
    const hosts = interfacesOf(component, domain).map(({ host }) => host);
    return [`${component.name}  ${[`chart ${kubernetes.chart} ${kubernetes.version}`, ...hosts].join(' · ')}`];
  });
  return leaves.length === 0 ? [] : [{ title: 'Charts, on Kubernetes', leaves }];
}

function describeWorkload(platform: ResolvedPlatform, workload: Workload): string {
  const { requests } = workload.resources;
  const hosts = [
    ...new Set(platform.routes.filter((route) => route.workload === workload.name).map(({ host }) => host)),
  ];
  const facts = [
    workload.image,
    `${formatCpu(requests.cpu)} CPU ${formatMemory(requests.memory)}`,
    ...(workload.replicas > 1 ? [`×${workload.replicas}`] : []),
    ...(workload.runsOnce ? ['runs once'] : []),
    ...(workload.profiles.length > 0 ? [`profile ${workload.profiles.join(', ')}`] : []),
    ...hosts,
  ];
  return `${workload.name}  ${facts.join(' · ')}`;
}
