import type { ResolvedPlatform, Target } from '../model/platform-model.ts';
import { sortArtifacts, type Artifact } from './artifact.ts';
import { completePlatform } from './complete-platform.ts';
import { renderers } from './renderers.ts';

export interface RenderRequest {
  /** Every environment of the description, resolved. */
  readonly environments: readonly ResolvedPlatform[];
  readonly targets: readonly Target[];
  /** Environments whose own folders are rendered; all when absent. */
  readonly only?: string | undefined;
}

/** Folder of a rendered file that is rendered as a whole: `<target>`, or `<target>/<environment>`. */
export function renderedRootOf(path: string): string {
  const [target = '', environment = ''] = path.split('/');
  const scope = renderers.find((renderer) => renderer.target === target)?.scope;
  return scope === 'environment' ? `${target}/${environment}` : target;
}

/** Renders targets below one folder: `<target>/…`, or `<target>/<environment>/…` where environments differ in everything. */
export function renderTargets(request: RenderRequest): Artifact[] {
  const completed = request.environments.map((platform) => completePlatform(platform, request.environments));
  const environments = completed.map(({ platform }) => platform);
  const selected = completed.filter(
    ({ platform: { environment } }) => request.only === undefined || environment === request.only,
  );
  const artifacts = renderers
    .filter(({ target }) => request.targets.includes(target))
    .flatMap(({ target, scope, render }) => {
      // Trees of all environments do not depend on the one that is looked from; the last is the strictest by custom.
      const views = scope === 'environment' ? selected : completed.slice(-1);
      return views.flatMap(({ platform, rendered }) =>
        (rendered.get(target) ?? render({ platform, environments })).map((artifact) => ({
          ...artifact,
          path: `${target}/${scope === 'environment' ? `${platform.environment}/` : ''}${artifact.path}`,
        })),
      );
    });
  return sortArtifacts(artifacts);
}
