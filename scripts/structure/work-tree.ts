import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A TypeScript file, its path relative to the work tree with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

/** A package of the workspace as far as the rules need it. */
export interface WorkspacePackage {
  folder: string;
  name: string;
  dependencies: string[];
  devDependencies: string[];
}

export interface WorkTree {
  packages: WorkspacePackage[];
  sources: SourceFile[];
}

const topFolders = ['libs', 'services', 'apps', 'tools', 'platform', 'bench', 'examples', 'scripts'];

/** Reads all packages and all TypeScript sources that are written by hand or generated into a source folder. */
export function loadWorkTree(root: string): WorkTree {
  const files = listFiles(root, '').filter((path) => !path.includes('/') || topFolders.includes(path.split('/')[0]!));
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const manifests = files.filter((path) => path.endsWith('/package.json'));
  return {
    packages: manifests.map((path) => toPackage(path, JSON.parse(read(path)))),
    sources: files.filter((path) => /\.tsx?$/.test(path)).map((path) => ({ path, text: read(path) })),
  };
}

interface PackageJson {
  name?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function toPackage(path: string, json: PackageJson): WorkspacePackage {
  return {
    folder: path.slice(0, -'/package.json'.length),
    name: json.name ?? '',
    dependencies: Object.keys({ ...json.dependencies, ...json.optionalDependencies }),
    devDependencies: Object.keys(json.devDependencies ?? {}),
  };
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isFile()) return [path];
    const skipped = entry.name.startsWith('.') || ['node_modules', 'dist', 'golden'].includes(entry.name);
    return entry.isDirectory() && !skipped ? listFiles(root, path) : [];
  });
}

const importPattern =
  /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** What a source imports or re-exports, statically or by a literal dynamic import. */
export function importsOf(source: SourceFile): string[] {
  return [...withoutComments(source.text).matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3]!);
}

/** Drops comments; `//` inside a string such as an address is kept because a comment follows a blank or a line start. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** True for tests and for what only tests use. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\.builders\.ts$|\/test\//.test(path) || path.startsWith('libs/testing/');
}
