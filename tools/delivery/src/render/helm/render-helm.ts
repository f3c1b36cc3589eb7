import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { sortArtifacts, type Artifact } from '../artifact.ts';
import { deployedWorkloads, stageOf } from '../kubernetes/deployed-workloads.ts';
import { builtImages } from '../kubernetes/image-reference.ts';
import type { KubernetesObject, Stage } from '../kubernetes/kubernetes-object.ts';
import { buildNamespace } from '../kubernetes/namespace.ts';
import { buildPlatformObjects } from '../kubernetes/platform-objects.ts';
import { renderOperatorList } from '../kubernetes/operator-list.ts';
import { renderSecretList } from '../kubernetes/secret-list.ts';
import { bringsStorage, buildStorage } from '../kubernetes/storage.ts';
import type { RenderInput } from '../renderer.ts';
import { renderYaml, renderYamlDocuments } from '../yaml.ts';
import { renderServiceChart } from './service-chart.ts';
import { renderThirdPartyChart } from './third-party-chart.ts';
import { renderUmbrellaChart, type UmbrellaChart, type UmbrellaEnvironment } from './umbrella-chart.ts';

/** Names of the charts, which are also the names of their releases behind the platform's. */
export interface ChartNames {
  readonly infrastructure: string;
  readonly services: string;
  readonly gateway: string;
}

/** The services' chart has the platform's name, unless that is the name of another chart. */
export function chartNames({ name }: ResolvedPlatform): ChartNames {
  const taken = ['service', 'infrastructure', 'gateway', 'third-party'].includes(name);
  return { infrastructure: 'infrastructure', services: taken ? `${name}-services` : name, gateway: 'gateway' };
}

/**
 * `charts/service` for any workload; the charts of the platform in the order in which they are installed:
 * `infrastructure` (what is shared, and components), the services, `gateway` (the way in). `cluster/OPERATORS.md` says
 * what comes before them. What the services' migrations need is in the chart before theirs: hooks run before anything of their own release.
 */
export function renderHelm({ environments }: RenderInput): Artifact[] {
  const [first] = environments;
  if (first === undefined) return [];
  const operators = renderOperatorList(environments);
  return sortArtifacts([
    ...renderServiceChart('charts/service'),
    ...platformCharts(first, environments).flatMap(renderUmbrellaChart),
    ...renderThirdPartyChart(environments),
    ...(operators === undefined ? [] : [{ path: 'cluster/OPERATORS.md', content: operators }]),
    ...environments.flatMap(renderEnvironmentFiles),
    ...environments
      .filter(bringsStorage)
      .slice(-1)
      .map((platform) => ({
        path: 'cluster/storage/storage.yaml',
        content: renderYamlDocuments(buildStorage(platform)),
      })),
  ]);
}

/** The charts of a platform that are of use in at least one environment. */
export function platformCharts(first: ResolvedPlatform, environments: readonly ResolvedPlatform[]): UmbrellaChart[] {
  const names = chartNames(first);
  const of = (chosen: readonly Stage[], objectStages: readonly Stage[]): UmbrellaEnvironment[] =>
    environments.map((platform) => ({
      platform,
      workloads: deployedWorkloads(platform).filter((workload) => chosen.includes(stageOf(workload))),
      objects: sharedObjects(platform, objectStages),
    }));
  const charts: UmbrellaChart[] = [
    {
      name: names.infrastructure,
      description: `What the services of ${first.title} need`,
      notes: `Network policies, components and custom resources of ${first.name} in the namespace {{ .Release.Namespace }}.\nInstall the charts of the services next.\n`,
      environments: of(['infrastructure'], ['foundation', 'infrastructure']),
    },
    {
      name: names.services,
      description: `Services of ${first.title}`,
      notes: `${first.name} is in the namespace {{ .Release.Namespace }}.\nSee how it starts: kubectl --namespace {{ .Release.Namespace }} get pods --watch\n`,
      environments: of(['migrations', 'services'], []),
    },
    {
      name: names.gateway,
      description: `The way to ${first.title} from outside`,
      notes: `Hosts of ${first.name} lead to the namespace {{ .Release.Namespace }}.\n`,
      environments: of([], ['gateway']),
    },
  ];
  return charts.filter((chart) =>
    chart.environments.some(({ workloads, objects }) => workloads.length + objects.length > 0),
  );
}

/** Objects that no workload's chart makes. */
function sharedObjects(platform: ResolvedPlatform, stages: readonly Stage[]): KubernetesObject[] {
  const workloads = new Set(deployedWorkloads(platform).map(({ name }) => name));
  return buildPlatformObjects(platform)
    .filter(({ stage, owner }) => stages.includes(stage) && !(stage === 'infrastructure' && workloads.has(owner)))
    .map(({ object }) => object);
}

/** The namespace, which Helm cannot label, and the one place of the environment's image tags. */
function renderEnvironmentFiles(platform: ResolvedPlatform): Artifact[] {
  const images = builtImages(platform).map(({ repository, tag }) => ({ name: repository, newTag: tag }));
  return [
    { path: `namespaces/${platform.environment}.yaml`, content: renderYaml(buildNamespace(platform)) },
    { path: `images/${platform.environment}.yaml`, content: renderYaml({ global: { images } }), keepsTags: true },
    { path: `secrets/${platform.environment}.md`, content: renderSecretList(platform) },
  ];
}
