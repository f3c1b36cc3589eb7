import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artifact } from './artifact.ts';
import { keepImageTags } from './image-tags.ts';
import { RenderedFilesEditedError } from './render.errors.ts';
import {
  createManifest,
  hashOf,
  MANIFEST_FILE,
  parseManifest,
  renderManifest,
  type RenderedManifest,
} from './rendered-manifest.ts';

export interface WriteOptions {
  readonly folder: string;
  readonly platform: string;
  /** Overwrites files that were edited by hand. */
  readonly force?: boolean;
  /** Folders below the output that this run renders as a whole; what was in them and is no more is removed. */
  readonly owned: readonly string[];
}

export interface WriteReport {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * The one writer of rendered files. Writes what changed, removes what is no longer rendered, and refuses to overwrite
 * what somebody edited since.
 */
export async function writeArtifacts(rendered: readonly Artifact[], options: WriteOptions): Promise<WriteReport> {
  const { folder, owned } = options;
  const recorded = await loadManifest(folder);
  const isOwned = (path: string) => owned.some((prefix) => path.startsWith(prefix));
  const present = await loadContents(folder, [
    ...rendered.map(({ path }) => path),
    ...Object.keys(recorded?.files ?? {}).filter(isOwned),
  ]);
  const artifacts = rendered.map((artifact) => withPresentTags(artifact, present));
  const tagged = new Set(artifacts.filter(({ keepsTags }) => keepsTags === true).map(({ path }) => path));
  if (options.force !== true) {
    const edited = [...present].filter(([path, content]) => {
      const hash = recorded?.files[path];
      return hash !== undefined && hash !== hashOf(content) && !tagged.has(path);
    });
    if (edited.length > 0) throw new RenderedFilesEditedError(edited.map(([path]) => path));
  }
  const changed = artifacts.filter(({ path, content }) => present.get(path) !== content);
  for (const artifact of changed) await writeArtifact(folder, artifact);
  const kept = new Set(artifacts.map(({ path }) => path));
  const gone = [...present.keys()].filter((path) => !kept.has(path) && isOwned(path));
  for (const path of gone) await rm(join(folder, path), { force: true });
  const others = Object.entries(recorded?.files ?? {}).filter(([path]) => !isOwned(path) && !kept.has(path));
  const manifest = createManifest(options.platform, artifacts);
  const files = Object.fromEntries(
    [...others, ...Object.entries(manifest.files)].toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MANIFEST_FILE), renderManifest({ ...manifest, files }));
  return { written: changed.length, unchanged: artifacts.length - changed.length, removed: gone.length };
}

/** The list that the last rendering left in a folder. */
export async function loadManifest(folder: string): Promise<RenderedManifest | undefined> {
  try {
    return parseManifest(await readFile(join(folder, MANIFEST_FILE), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Contents of those of the files that are there. */
export async function loadContents(folder: string, paths: readonly string[]): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const path of new Set(paths)) {
    try {
      contents.set(path, await readFile(join(folder, path), 'utf8'));
    } catch {
      // A file that is not there is what the caller asks about.
    }
  }
  return contents;
}

/** The artifact as it is to be written where there is one already. */
export function withPresentTags(artifact: Artifact, present: ReadonlyMap<string, string>): Artifact {
  const text = present.get(artifact.path);
  if (artifact.keepsTags !== true || text === undefined) return artifact;
  return { ...artifact, content: keepImageTags(artifact.content, text) };
}

async function writeArtifact(folder: string, { path, content, executable }: Artifact): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  if (executable === true) await chmod(file, 0o755);
}
