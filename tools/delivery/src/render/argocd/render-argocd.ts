import { groupByCluster, type Cluster } from '../../model/cluster.ts';
import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { sortArtifacts, type Artifact } from '../artifact.ts';
import { resolveAddOns, resolveChartReleases } from '../kubernetes/add-ons.ts';
import { baseEnvironment } from '../kubernetes/environments.ts';
import type { RenderInput } from '../renderer.ts';
import { renderYaml } from '../yaml.ts';
import { argocdNamespace, buildApplication } from './application.ts';
import { buildProject } from './project.ts';
import { buildSettings } from './settings.ts';
import { foreignSource, gitSource, listParts } from './sources.ts';

const OPERATOR_WAVE = -5;
const INFRASTRUCTURE_WAVE = -3;

/**
 * For each cluster `clusters/<cluster>/root.yaml` is the one file that is applied by hand, after `argocd-cm.yaml` and
 * `project.yaml` of its add-ons. It leads to its `roots/`: the operators, once for the cluster, and when they are
 * healthy one root for each of its environments and of no other, whose children wait for one another.
 */
export function renderArgocd({ environments }: RenderInput): Artifact[] {
  return sortArtifacts([
    ...groupByCluster(environments).flatMap(renderCluster),
    ...environments.flatMap((environment) => renderEnvironment(environment, environments)),
  ]);
}

function renderCluster({ name, environments }: Cluster): Artifact[] {
  const platform = baseEnvironment(environments);
  const folder = `clusters/${name}`;
  const file = (path: string, value: unknown): Artifact => ({
    path: `${folder}/${path}`,
    content: renderYaml(value),
  });
  const addOns = resolveAddOns(environments).map((addOn) =>
    buildApplication(platform, {
      name: `${platform.name}-${addOn.name}`,
      wave: OPERATOR_WAVE,
      namespace: addOn.namespace,
      sources: [foreignSource(platform, addOn)],
      prune: false,
      createsNamespace: true,
    }),
  );
  const root = (path: string, rootName: string, wave: number) =>
    buildRoot(platform, { name: rootName, path, wave, prune: wave !== OPERATOR_WAVE });
  return [
    file('root.yaml', root(`argocd/${folder}/roots`, platform.name, 0)),
    file('roots/cluster.yaml', root(`argocd/${folder}/add-ons`, `${platform.name}-cluster`, OPERATOR_WAVE)),
    file('add-ons/argocd-cm.yaml', buildSettings()),
    file('add-ons/project.yaml', buildProject(environments)),
    ...addOns.map((application) => file(`add-ons/${nameOf(application)}.yaml`, application)),
    ...environments.map(({ environment }) =>
      file(`roots/${environment}.yaml`, root(`argocd/${environment}`, `${platform.name}-${environment}`, 0)),
    ),
  ];
}

function renderEnvironment(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): Artifact[] {
  const { environment, cluster } = platform;
  const prefix = `${platform.name}-${environment}`;
  const parts = listParts(platform, environments).map(({ name, wave, sources }) =>
    buildApplication(platform, {
      name: `${prefix}-${name}`,
      wave,
      namespace: cluster.namespace,
      sources,
      prune: name === 'services' || name === 'gateway',
    }),
  );
  const releases = resolveChartReleases(platform).map((release) =>
    buildApplication(platform, {
      name: `${prefix}-${release.name}`,
      wave: INFRASTRUCTURE_WAVE,
      namespace: cluster.namespace,
      sources: [foreignSource(platform, release)],
      prune: false,
    }),
  );
  return [...parts, ...releases].map((application) => ({
    path: `${environment}/${nameOf(application)}.yaml`,
    content: renderYaml(application),
  }));
}

interface Root {
  readonly name: string;
  readonly path: string;
  readonly wave: number;
  readonly prune: boolean;
}

/** An application of applications. */
function buildRoot(platform: ResolvedPlatform, { name, path, wave, prune }: Root): Record<string, unknown> {
  return buildApplication(platform, {
    name,
    wave,
    namespace: argocdNamespace,
    sources: [gitSource(platform, path)],
    prune,
  });
}

function nameOf(application: Record<string, unknown>): string {
  return (application['metadata'] as { readonly name: string }).name;
}
