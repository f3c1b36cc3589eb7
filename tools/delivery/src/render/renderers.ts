import type { Renderer } from './renderer.ts';

/** Every target that can be rendered, in the order in which `plinth render --all` renders them. */
export const renderers: readonly Renderer[] = [];
