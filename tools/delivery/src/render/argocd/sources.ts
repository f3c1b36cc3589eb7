import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { AddOn, ChartRelease } from '../kubernetes/add-ons.ts';
import { buildEnvironmentObjects } from '../kubernetes/environments.ts';
import { requiredSecrets } from '../kubernetes/external-secret.ts';
import { gitOpsPath, gitOpsSource, vendoredPath } from '../kubernetes/gitops-layout.ts';
import type { Stage } from '../kubernetes/kubernetes-object.ts';
import { sealedFolder } from '../kubernetes/secret-list.ts';
import { usedStages } from '../kustomize/overlay.ts';
import { chartNames, platformCharts } from '../helm/render-helm.ts';
import { argocdRepository } from './project.ts';

type Source = Record<string, unknown>;

/** A part of an environment that is synced by itself, with what of the repository it is made of. */
export interface Part {
  readonly name: 'foundation' | 'secrets' | 'infrastructure' | 'services' | 'gateway';
  readonly wave: number;
  readonly sources: readonly Source[];
}

const waves = { foundation: -5, secrets: -4, infrastructure: -3, services: 0, gateway: 1 } as const;

/** The parts of an environment, in the order of their waves. */
export function listParts(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): Part[] {
  const parts =
    gitOpsSource(platform) === 'kustomize' ? overlayParts(platform, environments) : chartParts(platform, environments);
  return [...parts, ...sealedParts(platform)].filter(({ sources }) => sources.length > 0);
}

/** Sealed secrets are committed by people. Until they are, everything behind them waits, and says why. */
function sealedParts(platform: ResolvedPlatform): Part[] {
  const isSealed = platform.cluster.secretStore === 'sealed-secrets' && requiredSecrets(platform).length > 0;
  const source = gitSource(platform, sealedFolder(platform.environment));
  return isSealed ? [{ name: 'secrets', wave: waves.secrets, sources: [source] }] : [];
}

function overlayParts(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): Part[] {
  const built = buildEnvironmentObjects(environments);
  const own = built.environments.find((environment) => environment.platform.environment === platform.environment);
  const used = own === undefined ? [] : usedStages(built.base, own);
  const of = (...chosen: Stage[]): Source[] =>
    chosen
      .filter((stage) => used.includes(stage))
      .map((stage) => gitSource(platform, `kustomize/overlays/${platform.environment}/${stage}`));
  return [
    { name: 'foundation', wave: waves.foundation, sources: of('foundation') },
    { name: 'infrastructure', wave: waves.infrastructure, sources: of('infrastructure') },
    // Migrations are hooks of the services' own sync (wave −1): an image that changes in both changes in order.
    { name: 'services', wave: waves.services, sources: of('migrations', 'services') },
    { name: 'gateway', wave: waves.gateway, sources: of('gateway') },
  ];
}

function chartParts(platform: ResolvedPlatform, environments: readonly ResolvedPlatform[]): Part[] {
  const names = chartNames(platform);
  const used = platformCharts(platform, environments).map(({ name }) => name);
  const of = (chart: string): Source[] =>
    used.includes(chart)
      ? [
          {
            ...gitSource(platform, `helm/charts/${chart}`),
            helm: {
              releaseName: chart,
              valueFiles: [`values-${platform.environment}.yaml`, `../../images/${platform.environment}.yaml`],
            },
          },
        ]
      : [];
  return [
    {
      name: 'foundation',
      wave: waves.foundation,
      sources: [{ ...gitSource(platform, 'helm/namespaces'), directory: { include: `${platform.environment}.yaml` } }],
    },
    { name: 'infrastructure', wave: waves.infrastructure, sources: of(names.infrastructure) },
    { name: 'services', wave: waves.services, sources: of(names.services) },
    { name: 'gateway', wave: waves.gateway, sources: of(names.gateway) },
  ];
}

/** A folder of the GitOps repository. */
export function gitSource(platform: ResolvedPlatform, path: string): Source {
  const { repository, branch } = platform.gitOps;
  return { repoURL: repository, targetRevision: branch, path: gitOpsPath(platform, path) };
}

/** A chart, a folder of somebody else's repository at a tag, or a folder of ours. */
export function foreignSource(
  platform: ResolvedPlatform,
  origin: AddOn | (ChartRelease & { readonly source?: undefined }),
): Source {
  const { repository, chart, version, values } = origin;
  if (origin.source === 'rendered') return gitSource(platform, `${gitOpsSource(platform)}/${chart}`);
  const helm = Object.keys(values).length === 0 ? {} : { helm: { valuesObject: values } };
  if (platform.cluster.airGapped) return { ...gitSource(platform, vendoredPath(origin.name)), ...helm };
  if (origin.source === 'git') return { repoURL: repository, targetRevision: version, path: chart };
  return { repoURL: argocdRepository(repository), chart, targetRevision: version, ...helm };
}
