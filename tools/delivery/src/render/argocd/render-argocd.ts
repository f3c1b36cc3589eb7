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
 * `root.yaml` is the one file that is applied by hand, after `cluster/argocd-cm.yaml` and `cluster/project.yaml`. It
 * leads to `roots/`: the operators, once for the cluster, and when they are healthy one root for each environment,
 * whose children wait for one another. Where environments have clusters of their own, each applies
 * `roots/cluster.yaml` and its own `roots/<environment>.yaml`.
 */
export function renderArgocd({ environments }: RenderInput): Artifact[] {
  const platform = baseEnvironment(environments);
  const file = (path: string, value: unknown): Artifact => ({ path, content: renderYaml(value) });
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
  return sortArtifacts([
    file('root.yaml', buildRoot(platform, platform.name, 'argocd/roots', 0)),
    file('roots/cluster.yaml', buildRoot(platform, `${platform.name}-cluster`, 'argocd/cluster', OPERATOR_WAVE)),
    file('cluster/argocd-cm.yaml', buildSettings()),
    file('cluster/project.yaml', buildProject(environments)),
    ...addOns.map((application) => file(`cluster/${nameOf(application)}.yaml`, application)),
    ...environments.flatMap((environment) => renderEnvironment(environment, environments)),
  ]);
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
  const root = buildRoot(platform, prefix, `argocd/${environment}`, 0);
  return [
    { path: `roots/${environment}.yaml`, content: renderYaml(root) },
    ...[...parts, ...releases].map((application) => ({
      path: `${environment}/${nameOf(application)}.yaml`,
      content: renderYaml(application),
    })),
  ];
}

/** An application of applications. */
function buildRoot(platform: ResolvedPlatform, name: string, path: string, wave: number): Record<string, unknown> {
  const isCluster = path.endsWith('/cluster');
  return buildApplication(platform, {
    name,
    wave,
    namespace: argocdNamespace,
    sources: [gitSource(platform, path)],
    prune: !isCluster,
  });
}

function nameOf(application: Record<string, unknown>): string {
  return (application['metadata'] as { readonly name: string }).name;
}
