import type { ResolvedPlatform, Target } from '../model/platform-model.ts';
import type { Artifact } from './artifact.ts';

/** What a renderer reads. */
export interface RenderInput {
  /** The environment that is rendered; a renderer of scope `platform` must not depend on which one it is. */
  readonly platform: ResolvedPlatform;
  /** All environments of the description, in its order, this one included. */
  readonly environments: readonly ResolvedPlatform[];
}

/** Pure: the same input gives the same bytes. Paths are relative to the renderer's own folder. */
export type Render = (input: RenderInput) => Artifact[];

export interface Renderer {
  readonly target: Target;
  /** `environment`: written to `<out>/<target>/<environment>/` · `platform`: to `<out>/<target>/`, all environments in one tree. */
  readonly scope: 'environment' | 'platform';
  readonly render: Render;
}
