import type { Artifact } from '../artifact.ts';
import type { ImagePlan } from './image-plan.ts';
import { manifestFiles } from './workspace-packages.ts';

/** Files at the root whose change reaches every image. */
const sharedFiles = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tsconfig.base.json'];

/** Image → packages in it → paths whose change rebuilds it, for pipelines that build only what changed. */
export function renderBuildGraph(plans: readonly ImagePlan[]): Artifact {
  const images = Object.fromEntries(
    plans.map(({ name, repository, folder, buildPackages, manifests }) => [
      name,
      {
        repository,
        dockerfile: `images/${name}/Dockerfile`,
        folder,
        packages: buildPackages,
        rebuildOn: [
          ...sharedFiles,
          ...buildPackages.map((path) => `${path}/**`),
          ...manifests.flatMap(manifestFiles),
          `images/${name}/**`,
        ].toSorted(),
      },
    ]),
  );
  return { path: 'build-graph.json', content: `${JSON.stringify({ images }, undefined, 2)}\n` };
}
