import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ClusterMissingError,
  ClusterNotDurableError,
  DataDirectoryInUseError,
  DataVersionError,
  ForeignDataDirectoryError,
  PasswordInvalidError,
  PortInUseError,
  PostgresStartError,
} from './embedded-postgres.errors.ts';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { isAlive, listProcesses } from './process-identity.ts';
import { locateRuntime } from './runtime-location.ts';
import { resolveAccount } from './unprivileged-account.ts';

const isRoot = process.getuid?.() === 0;
const servers: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
const folders: string[] = [];
let prepared: string;

beforeAll(async () => {
  prepared = join(await openFolder(), 'prepared');
  const server = await startEmbeddedPostgres({ dataDirectory: prepared });
  await query(server.url, "CREATE TABLE note (text text); INSERT INTO note VALUES ('kept')");
  await server.stop();
  folders.length = 0;
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await Promise.all(children.splice(0).map(kill));
  await until(
    () => !listProcesses().some(({ command }) => folders.some((folder) => command.join(' ').includes(folder))),
  );
  // Synchronous file calls take a third of the time, which counts over a thousand files a test.
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, maxRetries: 10 }));
});

afterAll(() => rm(dirname(prepared), { recursive: true }));

describe('a new data directory', () => {
  it('gets a cluster that keeps its data over a restart', async () => {
    const dataDirectory = join(await openFolder(), 'data');
    const lines: string[] = [];
    const first = await start({ dataDirectory, onLog: (line) => lines.push(line) });
    expect(first.freshlyCreated).toBe(true);
    expect(await query(first.url, 'SHOW server_version_num')).toMatch(/^18/);
    expect(await query(first.url, "SELECT current_user || current_database() || lower('ÄÖ')")).toBe('plinthplinthäö');
    expect(await query(first.url, "SELECT string_agg(setting, ' ') FROM pg_settings WHERE name = 'fsync'")).toBe('on');
    await query(first.url, "CREATE TABLE note (text text); INSERT INTO note VALUES ('one')");
    await Promise.all([first.stop(), first.stop()]);
    expect(lines.join('\n')).toContain('database system is shut down');

    const second = await start({ dataDirectory });
    expect(second).toMatchObject({ freshlyCreated: false, port: first.port, url: first.url });
    expect(await query(second.url, 'SELECT text FROM note')).toBe('one');
  });

  it('hides the password and leaves no marker once the cluster is on the disk', async () => {
    const dataDirectory = join(await openFolder(), 'data');
    await (await start({ dataDirectory })).stop();
    expect((await stat(join(dataDirectory, 'postgres.password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDirectory, 'cluster'))).mode & 0o777).toBe(0o700);
    expect(
      ['cluster.unsynced', 'cluster.initialising', 'owner.lock'].filter((name) =>
        existsSync(join(dataDirectory, name)),
      ),
    ).toEqual([]);
  });

  it('is made again when initdb was killed midway', async () => {
    const dataDirectory = join(await openFolder(), 'data');
    const { child } = spawnOwner(dataDirectory);
    await until(() => existsSync(join(dataDirectory, 'cluster.initialising', 'global')));
    await kill(child);
    expect(existsSync(join(dataDirectory, 'cluster'))).toBe(false);
    const server = await start({ dataDirectory });
    expect(server.freshlyCreated).toBe(true);
    expect(await query(server.url, 'SELECT current_database()')).toBe('plinth');
  });
});

describe('an existing data directory', () => {
  it('recovers after the server was killed', async () => {
    const { dataDirectory } = await copyPrepared();
    const killed = await start({ dataDirectory });
    await query(killed.url, "INSERT INTO note VALUES ('committed')");
    const { pid } = killed;
    process.kill(pid, 'SIGKILL');
    await killed.stop();
    const server = await start({ dataDirectory });
    expect(await query(server.url, "SELECT string_agg(text, ' ' ORDER BY text) FROM note")).toBe('committed kept');
  });

  it('is served again at the same address when the server ends by itself', async () => {
    const { dataDirectory } = await copyPrepared();
    let restarts = 0;
    const server = await start({ dataDirectory, onRestart: () => (restarts += 1) });
    const { pid, url } = server;
    await query(url, "INSERT INTO note VALUES ('committed')");
    process.kill(pid, 'SIGKILL');
    await until(() => server.pid !== pid);
    expect(await query(url, "SELECT string_agg(text, ' ' ORDER BY text) FROM note")).toBe('committed kept');
    expect(restarts).toBe(1);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('is given up when the server ends again and again', async () => {
    const { dataDirectory } = await copyPrepared();
    const server = await start({ dataDirectory });
    let ended = false;
    void server.ended.then(() => (ended = true));
    for (let pid = server.pid; !ended; pid = server.pid) {
      process.kill(pid, 'SIGKILL');
      await until(() => server.pid !== pid || ended);
    }
    expect(isAlive(server.pid)).toBe(false);
  });

  it('is taken over from a server whose owner was killed', async () => {
    const { dataDirectory } = await copyPrepared();
    const { child, started } = spawnOwner(dataDirectory);
    const orphan = await started;
    await query(orphan.url, "INSERT INTO note VALUES ('committed')");
    const guard = listProcesses().find(({ command }) => isGuard(command, orphan.pid))!;
    process.kill(guard.pid, 'SIGKILL');
    await kill(child);
    expect(isAlive(orphan.pid)).toBe(true);
    const server = await start({ dataDirectory });
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await query(server.url, "SELECT string_agg(text, ' ' ORDER BY text) FROM note")).toBe('committed kept');
  });

  it('is left by its server soon after the owner was killed', async () => {
    const { dataDirectory } = await copyPrepared();
    const { child, started } = spawnOwner(dataDirectory);
    const { pid } = await started;
    await kill(child);
    await until(() => !isAlive(pid));
    await until(() => !existsSync(join(dataDirectory, 'cluster', 'postmaster.pid')));
  });

  it('is refused to a second process while the first one lives', async () => {
    const { dataDirectory } = await copyPrepared();
    const { child, started } = spawnOwner(dataDirectory);
    await started;
    const refusal = await start({ dataDirectory }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataDirectoryInUseError);
    expect((refusal as Error).message).toBe(
      `Another plinth (process ${child.pid}) is already running on ${dataDirectory}.`,
    );
    await started.then(({ url }) => query(url, 'SELECT 1'));
  });

  it('is not held by a recycled pid, neither of the owner nor of the server', async () => {
    const { dataDirectory } = await copyPrepared();
    await writeFile(
      join(dataDirectory, 'owner.lock'),
      JSON.stringify({ pid: process.pid, startMark: 'x', token: 'x' }),
    );
    await writeFile(join(dataDirectory, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDirectory}/cluster\n1\n`);
    expect(await query((await start({ dataDirectory })).url, 'SELECT text FROM note')).toBe('kept');
  });

  it('takes a new password and survives the loss of the stored one', async () => {
    const { dataDirectory } = await copyPrepared();
    const changed = await start({ dataDirectory, password: { reveal: () => "it's: a/secret" } });
    expect(await query(changed.url, 'SELECT text FROM note')).toBe('kept');
    await changed.stop();
    await rm(join(dataDirectory, 'postgres.password'));
    expect(await query((await start({ dataDirectory })).url, 'SELECT text FROM note')).toBe('kept');
  });

  it('is refused with a reason when it cannot be used', async () => {
    const { dataDirectory } = await copyPrepared();
    const file = (name: string) => join(dataDirectory, name);
    await expect(start({ dataDirectory, password: 'a\nb' })).rejects.toBeInstanceOf(PasswordInvalidError);
    await writeFile(file('cluster.unsynced'), 'another boot');
    await expect(start({ dataDirectory })).rejects.toBeInstanceOf(ClusterNotDurableError);
    await rm(file('cluster.unsynced'));
    await writeFile(file('cluster/PG_VERSION'), '17\n');
    await expect(start({ dataDirectory })).rejects.toBeInstanceOf(DataVersionError);
    await expect(start({ dataDirectory: file('cluster') })).rejects.toBeInstanceOf(ForeignDataDirectoryError);
    await rm(file('cluster'), { recursive: true });
    await expect(start({ dataDirectory })).rejects.toBeInstanceOf(ClusterMissingError);
    expect(existsSync(file('owner.lock'))).toBe(false);
  });

  it('tells the last lines of the log when the server does not start', async () => {
    const { dataDirectory } = await copyPrepared();
    const failure = await start({ dataDirectory, settings: { shared_buffers: 'much' } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(PostgresStartError);
    expect((failure as Error).message).toContain('invalid value for parameter "shared_buffers": "much"');
  });
});

describe('the port', () => {
  it('is an error when it was demanded and is taken, and another one otherwise', async () => {
    const { dataDirectory } = await copyPrepared();
    const foreign = createServer().listen(0, '127.0.0.1');
    await once(foreign, 'listening');
    const { port } = foreign.address() as AddressInfo;
    try {
      const refusal = await start({ dataDirectory, port }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(PortInUseError);
      expect((refusal as Error).message).toBe(`Port ${port} on 127.0.0.1 is in use by another program.`);
      await writeFile(join(dataDirectory, 'postgres.port'), String(port));
      const server = await start({ dataDirectory });
      expect(server.port).not.toBe(port);
      expect(await readFile(join(dataDirectory, 'postgres.port'), 'utf8')).toBe(String(server.port));
    } finally {
      foreign.close();
    }
  });
});

describe.runIf(isRoot)('as root', () => {
  it('keeps the cluster elsewhere when PostgreSQL cannot reach the data directory', async () => {
    const sharedDirectory = await openFolder();
    const dataDirectory = join(await privateFolder(), 'data');
    const first = await start({ dataDirectory, sharedDirectory });
    const cluster = await readlink(join(dataDirectory, 'cluster'));
    expect(cluster).toMatch(new RegExp(`^${sharedDirectory}/data-[0-9a-f]{12}/cluster$`));
    expect((await stat(cluster)).uid).toBeGreaterThan(0);
    await query(first.url, "CREATE TABLE note (text text); INSERT INTO note VALUES ('one')");
    await first.stop();
    const second = await start({ dataDirectory, sharedDirectory });
    expect(await query(second.url, 'SELECT text FROM note')).toBe('one');
    await second.stop();
    await rm(dataDirectory, { recursive: true });
    expect((await start({ dataDirectory, sharedDirectory })).freshlyCreated).toBe(true);
    expect(await readlink(join(dataDirectory, 'cluster'))).toBe(cluster);
  });

  it('runs a cluster that root copied with plain copying', async () => {
    const dataDirectory = join(await openFolder(), 'data');
    cpSync(prepared, dataDirectory, { recursive: true });
    expect(await query((await start({ dataDirectory })).url, 'SELECT text FROM note')).toBe('kept');
  });

  it('copies PostgreSQL when it cannot be reached', async () => {
    const account = (await resolveAccount(undefined))!;
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const installed = dirname(dirname(entry));
    const sharedDirectory = await openFolder();
    const root = join(await privateFolder(), 'package');
    await mkdir(root);
    cpSync(join(installed, 'native'), join(root, 'native'), { recursive: true, verbatimSymlinks: true });
    cpSync(join(installed, 'package.json'), join(root, 'package.json'));
    const { uid, gid } = account;
    for (const runtime of [
      await locateRuntime(account, sharedDirectory, root),
      await locateRuntime(account, sharedDirectory, root),
    ]) {
      expect(runtime.program('postgres')).toBe(join(sharedDirectory, 'runtime', runtime.version, 'bin', 'postgres'));
      const version = execFileSync(runtime.program('postgres'), ['--version'], {
        uid,
        gid,
        cwd: '/',
        encoding: 'utf8',
      });
      expect(version).toContain(`PostgreSQL) ${runtime.major}.`);
    }
  });
});

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(options);
  servers.push(server);
  return server;
}

/** Another Node process that starts PostgreSQL and stays. */
function spawnOwner(dataDirectory: string): { child: ChildProcess; started: Promise<{ url: string; pid: number }> } {
  const module = new URL('embedded-postgres.ts', import.meta.url).href;
  const script = `const { startEmbeddedPostgres } = await import('${module}');
    const { url, pid } = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)} });
    console.log(JSON.stringify({ url, pid }));`;
  const parameters = ['--conditions=source', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return { child, started: once(child.stdout, 'data').then(([chunk]) => JSON.parse(String(chunk))) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function isGuard(command: readonly string[], pid: number): boolean {
  return command.join(' ').includes(`plinth-postgres-guard ${pid}`);
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query({ text: sql, rowMode: 'array' });
    return result.rows?.[0]?.[0];
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 10 s.');
    await sleep(5);
  }
}

async function copyPrepared(): Promise<{ dataDirectory: string }> {
  const dataDirectory = join(await openFolder(), 'data');
  execFileSync('cp', ['-Rp', prepared, dataDirectory]);
  return { dataDirectory };
}

/** A folder that PostgreSQL's account can pass through. */
async function openFolder(): Promise<string> {
  const folder = await privateFolder();
  await chmod(folder, 0o755);
  return folder;
}

async function privateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-embedded-'));
  folders.push(folder);
  return folder;
}
