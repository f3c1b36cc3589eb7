import type { WorkspacePackage } from '../../model/platform-model.ts';

/** The program that runs every core service, and its command. */
export const coreProgram = 'apps/cli';

const libraries = ['libs/common', 'libs/contracts'];

/**
 * Packages of this code base that go into images. Descriptions name services by manifest and not by folder, so the
 * rest of the graph is known here; a test compares it with the package.json files. Tools are not part of it: the
 * program loads them for commands that no container runs.
 */
export function coreWorkspace(services: readonly string[]): WorkspacePackage[] {
  const servicePackages = services.map((name) => `services/${name}`);
  return [
    { folder: 'libs/contracts', dependencies: [], buildDependencies: [] },
    { folder: 'libs/common', dependencies: ['libs/contracts'], buildDependencies: [] },
    ...servicePackages.map((folder) => ({ folder, dependencies: libraries, buildDependencies: [] })),
    { folder: 'apps/server', dependencies: [...libraries, ...servicePackages], buildDependencies: [] },
    {
      folder: coreProgram,
      dependencies: ['apps/server', ...libraries, ...servicePackages.filter((folder) => folder === 'services/audit')],
      buildDependencies: [],
    },
  ];
}

/** Files of a service that tell a gateway about it: enough to compile its manifest, and none of its code. */
export function manifestFiles(folder: string): string[] {
  return ['package.json', 'service.manifest.ts', 'tsconfig.json'].map((file) => `${folder}/${file}`);
}

/** Folders that a package needs, itself included, sorted: for running, or for being built as well. */
export function packageClosure(root: string, packages: readonly WorkspacePackage[], kind: 'run' | 'build'): string[] {
  const found = new Set<string>();
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    const entry = packages.find((candidate) => candidate.folder === folder);
    waiting.push(...(entry?.dependencies ?? []), ...(kind === 'build' ? (entry?.buildDependencies ?? []) : []));
  }
  return [...found].toSorted();
}
