import { groupByCluster, type Cluster } from '../../model/cluster.ts';
import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { sortArtifacts, type Artifact } from '../artifact.ts';
import { chartNames, platformCharts } from '../helm/render-helm.ts';
import { resolveAddOns, resolveChartReleases, type AddOn } from '../kubernetes/add-ons.ts';
import { baseEnvironment, buildEnvironmentObjects } from '../kubernetes/environments.ts';
import { requiredSecrets } from '../kubernetes/external-secret.ts';
import { gitOpsPath, gitOpsSource, vendoredPath } from '../kubernetes/gitops-layout.ts';
import { sealedFolder } from '../kubernetes/secret-list.ts';
import { usedStages } from '../kustomize/overlay.ts';
import type { RenderInput } from '../renderer.ts';
import { renderYamlDocuments } from '../yaml.ts';
import { buildForeignRelease, buildGitRepository, buildKustomization, buildRelease } from './resources.ts';

type FluxObject = Record<string, unknown>;

/**
 * `clusters/<cluster>.yaml` is applied once: the repository, the operators, and the environments of this cluster and of
 * no other. From then on Flux follows the repository. Nothing here changes image tags: the file that holds them has one
 * writer, the pipeline or the coordinator, and Flux's own image automation would be a second one.
 */
export function renderFlux({ environments }: RenderInput): Artifact[] {
  return sortArtifacts([
    ...groupByCluster(environments).flatMap(renderCluster),
    ...environments.flatMap((environment) => [
      ...file(`${environment.environment}/parts.yaml`, buildParts(environment, environments)),
      ...file(`${environment.environment}/charts.yaml`, buildCharts(environment)),
    ]),
  ]);
}

function renderCluster({ name, environments }: Cluster): Artifact[] {
  const platform = baseEnvironment(environments);
  const { repository, branch } = platform.gitOps;
  const addOns = resolveAddOns(environments);
  const operators = buildKustomization(platform, {
    name: clusterName(platform),
    path: `flux/clusters/${name}`,
    dependsOn: [],
    prune: false,
  });
  return [
    ...file(`clusters/${name}.yaml`, [
      buildGitRepository(platform.name, repository, { branch }),
      ...(addOns.length === 0 ? [] : [operators]),
      ...environments.map((environment) => buildEnvironment(environment, addOns.length > 0)),
    ]),
    ...addOns.flatMap((addOn) => file(`clusters/${name}/${addOn.name}.yaml`, buildAddOn(platform, addOn))),
  ];
}

function file(path: string, objects: readonly FluxObject[]): Artifact[] {
  return objects.length === 0 ? [] : [{ path, content: renderYamlDocuments(objects) }];
}

function clusterName({ name }: ResolvedPlatform): string {
  return `${name}-cluster`;
}

function buildAddOn(platform: ResolvedPlatform, addOn: AddOn): FluxObject[] {
  const name = `${platform.name}-${addOn.name}`;
  if (addOn.source === 'rendered') {
    const path = `${gitOpsSource(platform)}/${addOn.chart}`;
    return [buildKustomization(platform, { name, path, dependsOn: [], prune: false })];
  }
  if (addOn.source === 'chart')
    return buildForeignRelease(platform, addOn, { name, namespace: addOn.namespace, createsNamespace: true });
  if (platform.cluster.airGapped)
    return [buildKustomization(platform, { name, path: vendoredPath(addOn.name), dependsOn: [], prune: false })];
  return [
    buildGitRepository(name, addOn.repository, { tag: addOn.version }),
    buildKustomization(platform, { name, path: addOn.chart, dependsOn: [], prune: false, source: name }),
  ];
}

/** The environment as a whole: it begins when the operators are healthy. */
function buildEnvironment(platform: ResolvedPlatform, hasCluster: boolean): FluxObject {
  return buildKustomization(platform, {
    name: `${platform.name}-${platform.environment}`,
    path: `flux/${platform.environment}`,
    dependsOn: hasCluster ? [clusterName(platform)] : [],
    prune: true,
  });
}

/** The parts of an environment, each waiting for the one before. */
function buildParts(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): FluxObject[] {
  return gitOpsSource(platform) === 'kustomize'
    ? buildOverlayParts(platform, environments)
    : buildReleaseParts(platform, environments);
}

function buildOverlayParts(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): FluxObject[] {
  const built = buildEnvironmentObjects(environments);
  const own = built.environments.find((environment) => environment.platform.environment === platform.environment);
  const used = own === undefined ? [] : usedStages(built.base, own);
  const prefix = `${platform.name}-${platform.environment}`;
  const parts = used.map((stage) => ({
    name: stage as string,
    path: `kustomize/overlays/${platform.environment}/${stage}`,
  }));
  const isSealed = platform.cluster.secretStore === 'sealed-secrets' && requiredSecrets(platform).length > 0;
  // Sealed secrets need the namespace, and everything behind them waits until people have committed them.
  if (isSealed) parts.splice(1, 0, { name: 'secrets', path: sealedFolder(platform.environment) });
  return parts.map(({ name, path }, index) =>
    buildKustomization(platform, {
      name: `${prefix}-${name}`,
      path,
      dependsOn: parts.slice(Math.max(0, index - 1), index).map((before) => `${prefix}-${before.name}`),
      prune: name === 'services' || name === 'gateway',
    }),
  );
}

function buildReleaseParts(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): FluxObject[] {
  const prefix = `${platform.name}-${platform.environment}`;
  const names = chartNames(platform);
  const used = platformCharts(platform, environments).map(({ name }) => name);
  const ordered = [names.infrastructure, names.services, names.gateway].filter((name) => used.includes(name));
  return ordered.map((name, index) =>
    buildRelease({
      name: `${prefix}-${name}`,
      releaseName: name,
      namespace: platform.cluster.namespace,
      createsNamespace: true,
      dependsOn: ordered.slice(Math.max(0, index - 1), index).map((before) => `${prefix}-${before}`),
      chart: {
        chart: `./${gitOpsPath(platform, `helm/charts/${name}`)}`,
        sourceRef: { kind: 'GitRepository', name: platform.name },
        // The chart's version stays the same while its values change.
        reconcileStrategy: 'Revision',
        valuesFiles: [
          `helm/charts/${name}/values.yaml`,
          `helm/charts/${name}/values-${platform.environment}.yaml`,
          `helm/images/${platform.environment}.yaml`,
        ].map((path) => `./${gitOpsPath(platform, path)}`),
      },
    }),
  );
}

/** Components that charts of others run. */
function buildCharts(platform: ResolvedPlatform): FluxObject[] {
  return resolveChartReleases(platform).flatMap((release) =>
    buildForeignRelease(platform, release, {
      name: `${platform.name}-${platform.environment}-${release.name}`,
      namespace: platform.cluster.namespace,
      createsNamespace: false,
    }),
  );
}
