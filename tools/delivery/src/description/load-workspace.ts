import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { WorkspacePackage } from '../model/platform-model.ts';

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Packages of a pnpm workspace and how they depend on one another, sorted by folder; none without a
 * pnpm-workspace.yaml. Patterns are those that pnpm's documentation begins with: `name`, `name/*` and `!name`.
 */
export function loadWorkspace(root: string): WorkspacePackage[] {
  const file = join(root, 'pnpm-workspace.yaml');
  if (!existsSync(file)) return [];
  const { packages = [] } = (parse(readFileSync(file, 'utf8')) ?? {}) as { packages?: readonly string[] };
  const manifests = new Map(
    listFolders(root, packages).map((folder) => [
      folder,
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest,
    ]),
  );
  const folderOf = new Map([...manifests].map(([folder, { name = folder }]) => [name, folder]));
  const own = (...tables: (Readonly<Record<string, string>> | undefined)[]) =>
    tables
      .flatMap((table) => Object.keys(table ?? {}))
      .flatMap((name) => folderOf.get(name) ?? [])
      .toSorted();
  return [...manifests].map(([folder, manifest]) => ({
    folder,
    dependencies: own(manifest.dependencies, manifest.optionalDependencies),
    buildDependencies: own(manifest.devDependencies),
  }));
}

function listFolders(root: string, patterns: readonly string[]): string[] {
  const excluded = new Set(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)));
  const folders = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      if (!existsSync(join(root, parent))) return [];
      return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
    });
  return [...new Set(folders)]
    .filter((folder) => !excluded.has(folder) && existsSync(join(root, folder, 'package.json')))
    .toSorted();
}
