import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { AddOn, ChartRelease } from '../kubernetes/add-ons.ts';
import { gitOpsPath, vendoredPath } from '../kubernetes/gitops-layout.ts';

type FluxObject = Record<string, unknown>;

/** Where Flux and everything that tells it what to do is. */
export const fluxNamespace = 'flux-system';

/** The GitOps repository, looked at every minute. */
export function buildGitRepository(name: string, repository: string, reference: Record<string, string>): FluxObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace: fluxNamespace },
    spec: { interval: '1m', url: repository, ref: reference },
  };
}

export interface KustomizationParts {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly prune: boolean;
  /** GitRepository; the platform's own when absent. */
  readonly source?: string;
}

/**
 * A folder that is applied when what it depends on is healthy at the same revision, and that counts as ready when all
 * that it applied is healthy.
 */
export function buildKustomization(platform: ResolvedPlatform, parts: KustomizationParts): FluxObject {
  const { name, path, dependsOn, prune, source } = parts;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: fluxNamespace, labels: { 'app.kubernetes.io/part-of': platform.name } },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '15m',
      sourceRef: { kind: 'GitRepository', name: source ?? platform.name },
      path: `./${source === undefined ? gitOpsPath(platform, path) : path}`,
      prune,
      wait: true,
      ...dependencies(dependsOn),
    },
  };
}

/** A chart of others, with the repository that it comes from; unpacked in ours where nothing else can be reached. */
export function buildForeignRelease(
  platform: ResolvedPlatform,
  origin: AddOn | ChartRelease,
  parts: Pick<ReleaseParts, 'name' | 'namespace' | 'createsNamespace'>,
): FluxObject[] {
  const { repository, chart, version, values } = origin;
  const { name } = parts;
  if (platform.cluster.airGapped) {
    const path = `./${gitOpsPath(platform, vendoredPath(origin.name))}`;
    const vendored = { chart: path, sourceRef: { kind: 'GitRepository', name: platform.name } };
    return [buildRelease({ ...parts, dependsOn: [], chart: vendored, values })];
  }
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name, namespace: fluxNamespace },
      spec: { interval: '1h', url: repository, ...(repository.startsWith('oci://') ? { type: 'oci' } : {}) },
    },
    buildRelease({
      ...parts,
      dependsOn: [],
      chart: { chart, version, sourceRef: { kind: 'HelmRepository', name } },
      values,
    }),
  ];
}

export interface ReleaseParts {
  readonly name: string;
  readonly namespace: string;
  readonly createsNamespace: boolean;
  readonly dependsOn: readonly string[];
  readonly chart: Record<string, unknown>;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly releaseName?: string;
}

/** A release that is tried again, and rolled back when an upgrade fails. */
export function buildRelease(parts: ReleaseParts): FluxObject {
  const { name, namespace, createsNamespace, dependsOn, chart, values = {}, releaseName = name } = parts;
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name, namespace: fluxNamespace },
    spec: {
      interval: '10m',
      timeout: '15m',
      releaseName,
      targetNamespace: namespace,
      storageNamespace: namespace,
      ...dependencies(dependsOn),
      chart: { spec: chart },
      install: { createNamespace: createsNamespace, crds: 'CreateReplace', remediation: { retries: 5 } },
      upgrade: { crds: 'CreateReplace', remediation: { retries: 3, strategy: 'rollback' } },
      driftDetection: {
        mode: 'enabled',
        // The autoscaler's number.
        ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }],
      },
      ...(Object.keys(values).length === 0 ? {} : { values }),
    },
  };
}

function dependencies(names: readonly string[]): Record<string, unknown> {
  return names.length === 0 ? {} : { dependsOn: names.map((name) => ({ name })) };
}
