import { createHash } from 'node:crypto';
import type { Artifact } from './artifact.ts';

/** Name of the file that lists what was rendered. */
export const MANIFEST_FILE = 'plinth.rendered.json';

/** What was rendered, by path: so that stale and edited files are found later. */
export interface RenderedManifest {
  readonly platform: string;
  /** Path → SHA-256 of the content, in hexadecimal digits. */
  readonly files: Readonly<Record<string, string>>;
}

/** The list of a set of artifacts. */
export function createManifest(platform: string, artifacts: readonly Artifact[]): RenderedManifest {
  return { platform, files: Object.fromEntries(artifacts.map(({ path, content }) => [path, hashOf(content)])) };
}

/** SHA-256 of a text, in hexadecimal digits. */
export function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** One JSON document. */
export function renderManifest(manifest: RenderedManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Parses a list; undefined when it is none. */
export function parseManifest(text: string): RenderedManifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<RenderedManifest> | null;
    if (typeof value?.platform !== 'string' || typeof value.files !== 'object') return undefined;
    return value as RenderedManifest;
  } catch {
    return undefined;
  }
}

/** How a rendered folder differs from what the description gives now. */
export interface RenderedDifference {
  readonly path: string;
  /** `edited`: changed by hand · `stale`: the description changed since · `missing` · `left over`: no longer rendered. */
  readonly state: 'edited' | 'stale' | 'missing' | 'left over';
}

/** Compares a rendered folder, `contents` by path, with what the description gives now. */
export function compareRendered(
  expected: readonly Artifact[],
  recorded: RenderedManifest,
  contents: ReadonlyMap<string, string>,
): RenderedDifference[] {
  const wanted = new Map(expected.map(({ path, content }) => [path, content]));
  const paths = [...new Set([...wanted.keys(), ...Object.keys(recorded.files)])].toSorted();
  return paths.flatMap((path): RenderedDifference[] => {
    const now = contents.get(path);
    const want = wanted.get(path);
    if (want === undefined) return now === undefined ? [] : [{ path, state: 'left over' }];
    if (now === undefined) return [{ path, state: 'missing' }];
    if (now === want) return [];
    return [{ path, state: recorded.files[path] === hashOf(now) ? 'stale' : 'edited' }];
  });
}
