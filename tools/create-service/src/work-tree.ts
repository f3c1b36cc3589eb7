import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { WorkTreeMissingError } from './create.errors.ts';

/** What a plan reads of the repository. Paths are relative to its root, with `/`. */
export interface WorkTree {
  readonly root: string;
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Names in a folder, sorted; none when there is no such folder. */
  list(folder: string): readonly string[];
}

/** A file that a plan writes. */
export interface FileChange {
  readonly path: string;
  readonly kind: 'created' | 'changed';
  readonly content: string;
}

/** Opens the work tree that a folder is in. */
export function openWorkTree(folder: string): WorkTree {
  const root = findRoot(resolve(folder));
  if (root === undefined) throw new WorkTreeMissingError(folder);
  return {
    root,
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined),
    list: (path) => (existsSync(join(root, path)) ? readdirSync(join(root, path)).sort() : []),
  };
}

function findRoot(folder: string): string | undefined {
  const isRoot = existsSync(join(folder, 'pnpm-workspace.yaml')) && existsSync(join(folder, 'libs/contracts'));
  if (isRoot) return folder;
  return dirname(folder) === folder ? undefined : findRoot(dirname(folder));
}
