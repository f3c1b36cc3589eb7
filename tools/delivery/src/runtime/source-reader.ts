import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SourceReader } from '../description/source-location.ts';

/** Reads sources of the work tree; packages of a workspace are followed to their TypeScript, others are not. */
export const sourceReader: SourceReader = {
  read(file) {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  },
  resolve(specifier, from) {
    if (specifier.startsWith('.')) {
      const file = resolve(dirname(from), specifier);
      return existsSync(file) ? file : undefined;
    }
    return findSource(specifier, from);
  },
};

function findSource(specifier: string, from: string): string | undefined {
  try {
    const manifest = findPackageJSON(specifier, pathToFileURL(from).href);
    if (manifest === undefined) return undefined;
    const { name, exports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      name: string;
      exports?: Record<string, { source?: string } | string>;
    };
    const entry = exports?.[`.${specifier.slice(name.length)}`];
    const source = typeof entry === 'object' ? entry.source : undefined;
    return source === undefined ? undefined : join(dirname(manifest), source);
  } catch {
    return undefined;
  }
}
