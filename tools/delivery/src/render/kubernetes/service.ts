import { containerName, memberNames } from '../../description/component-index.ts';
import type { ResolvedComponent, ResolvedPlatform, Workload, WorkloadPort } from '../../model/platform-model.ts';
import { deployedWorkloads, isStateful } from './deployed-workloads.ts';
import { compact, kubernetesFormOf, type KubernetesObject } from './kubernetes-object.ts';
import { platformLabels, selectorLabels, workloadLabels } from './labels.ts';

/** A name under which pods call the workload, and one more for ports that are open to the outside. */
export function buildServices(platform: ResolvedPlatform, workload: Workload): KubernetesObject[] {
  if (workload.runsOnce || workload.ports.length === 0) return [];
  const metadata = { name: workload.name, labels: workloadLabels(platform, workload) };
  const selector = selectorLabels(platform, workload.name);
  const spec = compact({
    type: 'ClusterIP',
    // A name that leads to the pod itself: members of a cluster are no equals.
    clusterIP: isStateful(workload) ? 'None' : undefined,
    publishNotReadyAddresses: findsPeersEarly(platform, workload) ? true : undefined,
    selector,
    ports: workload.ports.map(buildServicePort),
  });
  const open = workload.published.map(({ hostPort, port }) => ({
    name: `published-${hostPort}`,
    port: hostPort,
    targetPort: port,
    protocol: protocolOf(workload.ports.find((other) => other.port === port)),
  }));
  const service = { apiVersion: 'v1', kind: 'Service' } as const;
  return [
    { ...service, metadata, spec },
    ...(open.length === 0
      ? []
      : [
          {
            ...service,
            metadata: { ...metadata, name: `${workload.name}-public` },
            spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', selector, ports: open },
          },
        ]),
  ];
}

/** Members of a cluster, and what calls itself by its name, must be found before any of them is ready. */
export function findsPeersEarly(platform: ResolvedPlatform, workload: Workload): boolean {
  if (!isStateful(workload)) return false;
  const members = deployedWorkloads(platform).filter(
    (other) => other.component !== undefined && other.component === workload.component && isStateful(other),
  );
  return members.length > 1 || workload.replicas > 1 || callsItself(workload);
}

/** `-ip=store`, `rabbit@store` or `http://store:80` in what the workload is told. */
function callsItself({ name, command = [], arguments: given = [], variables }: Workload): boolean {
  const self = new RegExp(`[=@]${name}(?=[:,\\s'"]|$)|//${name}:`);
  return [...command, ...given, ...variables.map(({ value = '' }) => value)].some((text) => self.test(text));
}

/** Names of ports have at most 15 characters and must be unique in a service. */
export function buildServicePort({ name, port, protocol }: WorkloadPort): Record<string, unknown> {
  return compact({
    name: name.slice(0, 15).replace(/-+$/, ''),
    port,
    targetPort: port,
    protocol: protocol === 'udp' ? 'UDP' : 'TCP',
    appProtocol: protocol === 'grpc' ? 'kubernetes.io/h2c' : undefined,
  });
}

function protocolOf(port: WorkloadPort | undefined): 'TCP' | 'UDP' {
  return port?.protocol === 'udp' ? 'UDP' : 'TCP';
}

/**
 * The host names under which others know the containers of a component that an operator or a chart runs: aliases of
 * the services that those make.
 */
export function buildAliases(
  platform: ResolvedPlatform,
): { readonly owner: string; readonly object: KubernetesObject }[] {
  return platform.components.flatMap((component) => {
    const form = kubernetesFormOf(component);
    if (form.form === 'workloads' || component.entry.name === platform.edge) return [];
    return Object.entries(form.services).flatMap(([container, service]) => {
      const target = service.replaceAll('${name}', component.name);
      const aliases = hostNames(component, container).filter((alias) => alias !== target);
      return aliases.map((alias) => {
        const object: KubernetesObject = {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: alias, labels: platformLabels(platform) },
          spec: { type: 'ExternalName', externalName: `${target}.${platform.cluster.namespace}.svc.cluster.local` },
        };
        return { owner: component.name, object };
      });
    });
  });
}

/** Names under which a container is called: that of each member where it has several. */
function hostNames(component: ResolvedComponent, name: string): string[] {
  const container = component.entry.containers.find((other) => other.name === name);
  return container === undefined ? [containerName(component.name, name)] : memberNames(component, container);
}
