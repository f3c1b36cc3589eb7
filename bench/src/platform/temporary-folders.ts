import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Data directories that are gone when the run is over. */
export class TemporaryFolders {
  readonly #parent: string;
  readonly #folders = new Set<string>();

  constructor(parent: string) {
    this.#parent = parent;
  }

  async create(): Promise<string> {
    const folder = await realpath(await mkdtemp(join(this.#parent, 'plinth-bench-')));
    this.#folders.add(folder);
    return folder;
  }

  async remove(folder: string): Promise<void> {
    await removeRelocatedCluster(join(folder, 'postgres'));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    this.#folders.delete(folder);
  }

  async removeAll(): Promise<void> {
    for (const folder of this.#folders) await this.remove(folder);
  }
}

/** For root the embedded PostgreSQL keeps its cluster elsewhere and leaves a link; the file `origin` names its owner. */
async function removeRelocatedCluster(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) continue;
    const target = await realpath(join(folder, entry.name)).catch(() => undefined);
    if (target === undefined) continue;
    const home = join(target, '..');
    const origin = await readFile(join(home, 'origin'), 'utf8').catch(() => '');
    if (origin.trim() === folder) await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
