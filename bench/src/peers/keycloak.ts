import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchmarkContext } from '../benchmark.ts';
import { findFreePort } from '../platform/free-port.ts';
import { listDescendants } from '../platform/process-tree.ts';
import { findPeer } from './find-peer.ts';

// A minute at most on an idle machine.
const patienceMs = 300_000;
const administrator = { username: 'admin', password: 'admin of a benchmark' };

/** A distribution of its own, and no data yet. */
export interface KeycloakHome {
  readonly folder: string;
  /** Forgets everything that a server kept. */
  clear(): Promise<void>;
}

export interface Keycloak {
  readonly url: string;
  /** The Java process, which is all there is: its database, H2, is in it. */
  readonly pid: number;
  /** From the start of the script to the first 200 of /health/ready. */
  readonly readyAfterSeconds: number;
  /** Asks the administration API, by a path below /admin. */
  administer<Answer>(path: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** A copy of the distribution, as a server writes into its own folder; undefined, said aloud, when there is none. */
export async function copyKeycloak(context: BenchmarkContext): Promise<KeycloakHome | undefined> {
  const script = await findPeer(context, 'keycloak');
  if (script === undefined) {
    context.say('  SKIPPED: Keycloak is missing, so nothing is compared with it; npm run peers -- keycloak');
    return undefined;
  }
  const folder = await context.folders.create();
  await cp(dirname(dirname(script)), folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { folder, clear: () => rm(join(folder, 'data'), { recursive: true, force: true, maxRetries: 5 }) };
}

/** What is said in the results where there is no Keycloak. */
export const keycloakMissing =
  '**Skipped**: Keycloak is missing, so nothing is compared with it; `npm run peers -- keycloak` gets it.';

/**
 * Starts Keycloak in production mode from a distribution that was built for its own database, with its own defaults
 * for memory; it imports `realm` if there is one.
 */
export async function startKeycloak(
  context: BenchmarkContext,
  home: KeycloakHome,
  realm?: { readonly realm: string },
): Promise<Keycloak> {
  if (realm !== undefined) {
    await mkdir(join(home.folder, 'data/import'), { recursive: true });
    await writeFile(join(home.folder, 'data/import', `${realm.realm}.json`), JSON.stringify(realm));
  }
  const [port, management] = [await findFreePort(), await findFreePort()];
  const addresses = ['--http-host=127.0.0.1', `--http-port=${port}`, `--http-management-port=${management}`];
  const options = [
    '--http-enabled=true',
    '--hostname-strict=false',
    ...(realm === undefined ? [] : ['--import-realm']),
  ];
  const startedAt = performance.now();
  const script = spawn(join(home.folder, 'bin/kc.sh'), ['start', '--optimized', ...options, ...addresses], {
    cwd: home.folder,
    env: environmentOf(context),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [script.stdout, script.stderr])
    stream.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-2000)));
  script.on('error', (error) => (words = String(error)));
  // Whoever ends this process without `stop` leaves no server behind.
  const abandon = (): void => void script.kill('SIGTERM');
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    if (script.exitCode !== null || script.signalCode !== null || script.pid === undefined) return;
    const [java] = await findJava(script.pid);
    const gone = once(script, 'exit');
    script.kill('SIGTERM');
    const timer = setTimeout(() => process.kill(java ?? script.pid!, 'SIGKILL'), 30_000);
    await gone;
    clearTimeout(timer);
  };
  try {
    while (!(await isReady(management))) {
      if (script.exitCode !== null || script.pid === undefined) throw new Error(`Keycloak ended: ${words}`);
      if (performance.now() - startedAt > patienceMs)
        throw new Error(`Keycloak was not ready after ${patienceMs / 1000} s: ${words}`);
      await sleep(20);
    }
    const readyAfterSeconds = (performance.now() - startedAt) / 1000;
    const [pid] = await findJava(script.pid ?? 0);
    if (pid === undefined) throw new Error('no Java process was found below kc.sh');
    const url = `http://127.0.0.1:${port}`;
    return { url, pid, readyAfterSeconds, stop, administer: (path) => administer(url, path) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findJava(script: number): Promise<number[]> {
  return (await listDescendants(script)).filter(({ command }) => command === 'java').map(({ pid }) => pid);
}

/** Nobody's settings of another Keycloak, and none of its Java. */
function environmentOf({ environment }: BenchmarkContext): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(
    ([name]) => !/^(KC_|KEYCLOAK_|JAVA_OPTS|JAVA_TOOL_OPTIONS)/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
    KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  } as NodeJS.ProcessEnv;
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function administer<Answer>(url: string, path: string): Promise<Answer> {
  const token = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }),
  });
  const { access_token: access } = (await token.json()) as { access_token?: string };
  const answer = await fetch(`${url}/admin${path}`, { headers: { authorization: `Bearer ${access}` } });
  if (!answer.ok) throw new Error(`Keycloak's ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
