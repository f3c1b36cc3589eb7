import { renderedBy } from '../yaml.ts';
import type { ImagePlan } from './image-plan.ts';
import { manifestFiles } from './workspace-packages.ts';

/**
 * What a build may see: the packages of the image and the files at the root that an install reads. Everything else,
 * secrets and the history above all, never reaches the engine, and a change of it rebuilds nothing.
 */
export function renderDockerignore(plan: ImagePlan): string {
  const shown = [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tsconfig*.json',
    ...plan.buildPackages,
    ...plan.manifests.flatMap(manifestFiles),
  ];
  const lines = [
    `# ${renderedBy}`,
    '*',
    ...shown.map((path) => `!${path}`),
    '**/node_modules',
    '**/dist',
    '**/.git',
    '**/.env',
    '**/.env.*',
    '**/coverage',
    '**/*.log',
    '**/*.test.*',
    // What builds leave, except for `build`, which may hold sources; Markdown is the content of many a site.
    ...(plan.type === 'plinth'
      ? ['**/test', '**/schema.sql', '**/*.builders.ts', '**/*.md']
      : ['**/.astro', '**/.expo', '**/.next', '**/.svelte-kit']),
  ];
  return `${lines.join('\n')}\n`;
}
