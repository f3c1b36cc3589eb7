import { sortArtifacts, type Artifact } from '../artifact.ts';
import type { Render } from '../renderer.ts';
import { renderBake } from './bake.ts';
import { renderBuildGraph } from './build-graph.ts';
import { renderDockerignore } from './dockerignore.ts';
import { planImages, type ImagePlan } from './image-plan.ts';
import { renderNodeImage } from './node-image.ts';
import { renderPlinthImage } from './plinth-image.ts';
import { renderStaticImage } from './static-image.ts';

/** Dockerfiles of everything that the platform builds, what each depends on, and one file that builds them together. */
export const renderImages: Render = ({ platform, environments }) => {
  const plans = planImages(environments);
  if (plans.length === 0) return [];
  // Environments come from the least to the most stable one; a release is what the last one runs.
  const version = environments.at(-1)?.version ?? platform.version;
  const files = plans.flatMap((plan): Artifact[] => [
    { path: `${plan.name}/Dockerfile`, content: renderDockerfile(plan, platform.nodeImage) },
    { path: `${plan.name}/Dockerfile.dockerignore`, content: renderDockerignore(plan) },
  ]);
  return sortArtifacts([...files, renderBuildGraph(plans), renderBake(plans, version)]);
};

function renderDockerfile(plan: ImagePlan, nodeImage: string): string {
  switch (plan.type) {
    case 'plinth':
      return renderPlinthImage(plan, nodeImage);
    case 'nest':
    case 'svelte-kit':
    case 'next':
      return renderNodeImage(plan, plan.type, nodeImage);
    default:
      return renderStaticImage(plan, plan.type, nodeImage);
  }
}
