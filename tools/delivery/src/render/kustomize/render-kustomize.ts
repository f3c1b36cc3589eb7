import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { Artifact } from '../artifact.ts';
import { sortArtifacts } from '../artifact.ts';
import { buildEnvironmentObjects } from '../kubernetes/environments.ts';
import { renderOperatorList } from '../kubernetes/operator-list.ts';
import { renderSecretList } from '../kubernetes/secret-list.ts';
import { bringsStorage, buildStorage } from '../kubernetes/storage.ts';
import type { RenderInput } from '../renderer.ts';
import { kustomization, renderBase } from './base.ts';
import { renderYaml, renderYamlDocuments } from '../yaml.ts';
import { renderOverlay } from './overlay.ts';

/** `base/` with what all environments share, `overlays/<environment>/` with what differs. */
export function renderKustomize({ environments }: RenderInput): Artifact[] {
  const built = buildEnvironmentObjects(environments);
  return sortArtifacts([
    ...renderBase(built.base),
    ...built.environments.flatMap((environment) => renderOverlay(built.base, environment)),
    ...built.environments.map(({ platform }) => ({
      path: `overlays/${platform.environment}/SECRETS.md`,
      content: renderSecretList(platform),
    })),
    ...renderCluster(environments),
  ]);
}

/** What is installed once for a cluster: its storage, and how operators of others are. */
function renderCluster(environments: readonly ResolvedPlatform[]): Artifact[] {
  const operators = renderOperatorList(environments);
  const list = operators === undefined ? [] : [{ path: 'cluster/OPERATORS.md', content: operators }];
  const platform = environments.findLast(bringsStorage);
  if (platform === undefined) return list;
  return [
    ...list,
    { path: 'cluster/storage/kustomization.yaml', content: renderYaml(kustomization({ resources: ['storage.yaml'] })) },
    { path: 'cluster/storage/storage.yaml', content: renderYamlDocuments(buildStorage(platform)) },
  ];
}
