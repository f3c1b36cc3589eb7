import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPeer, getPeerContext } from './peers.ts';
import { runPeer, startPeer, type PeerRun, type RunPeerOptions } from './run-peer.ts';

/** A Docker engine that tests may fill with what they like. */
export interface DockerEngine {
  /** As in DOCKER_HOST. */
  readonly host: string;
  /** What another program, such as the older Compose, needs in its environment to use this engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs `docker <args>` against it; `compose` and `buildx` are the pinned ones of the cache. */
  run(args: readonly string[], options?: RunPeerOptions): Promise<PeerRun>;
  /** Ends the engine if it was started here. What a test made in it, the test removes. */
  stop(): Promise<void>;
}

const plugins = { 'docker-compose': 'docker-compose', 'docker-buildx': 'docker-buildx' };

/**
 * An engine for a test that has asked for the peers `docker` and whichever plugin it uses:
 * the one that answers on DOCKER_HOST or the default socket, else one of our own, for which this must be root.
 * Undefined when there is neither; in CI that is a failure.
 */
export async function startDockerEngine(): Promise<DockerEngine | undefined> {
  const { required, environment } = getPeerContext();
  const docker = findPeer('docker');
  const dockerd = findPeer('dockerd');
  if (docker !== undefined) {
    const host = environment['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
    const present = connectEngine(docker, host);
    if (await present.isThere()) return present.engine(() => Promise.resolve());
    present.forget();
    if (dockerd !== undefined && process.getuid?.() === 0) return startOwnEngine(docker, dockerd);
  }
  const message = 'no Docker engine answers and none can be started: that needs root, docker and dockerd';
  if (required) throw new Error(message);
  console.warn(`SKIPPED conformance tests: ${message}`);
  return undefined;
}

function connectEngine(docker: string, host: string) {
  const configuration = mkdtempSync(join(tmpdir(), 'plinth-docker-config-'));
  mkdirSync(join(configuration, 'cli-plugins'));
  for (const [plugin, peer] of Object.entries(plugins)) {
    const path = findPeer(peer);
    if (path !== undefined) symlinkSync(path, join(configuration, 'cli-plugins', plugin));
  }
  const environment = { DOCKER_HOST: host, DOCKER_CONFIG: configuration };
  const run: DockerEngine['run'] = (args, options = {}) =>
    runPeer(docker, args, { ...options, env: { ...environment, ...options.env } });
  const forget = (): void => rmSync(configuration, { recursive: true, force: true });
  return {
    run,
    forget,
    isThere: async () => {
      const { code } = await run(['version', '--format', '{{.Server.Version}}'], { timeoutMs: 20_000 });
      return code === 0;
    },
    engine: (stop: () => Promise<void>): DockerEngine => ({
      host,
      environment,
      run,
      stop: async () => {
        await stop();
        forget();
      },
    }),
  };
}

/**
 * An engine with its own images, network and sockets, so that it meets no other. Its images stay in the cache, because
 * loading and building them takes longer than most tests; containers, volumes and networks go with it.
 */
async function startOwnEngine(docker: string, dockerd: string): Promise<DockerEngine> {
  const slot = findFreeSlot(getPeerContext().folder);
  const state = mkdtempSync(join(tmpdir(), 'plinth-docker-'));
  const host = `unix://${join(state, 'docker.sock')}`;
  const connection = connectEngine(docker, host);
  const clean = async (): Promise<void> => {
    await runPeer('ip', ['link', 'delete', slot.bridge]);
    rmSync(state, { recursive: true, force: true });
  };
  // Without a bound, what builds leave behind grows with every run; all images of the tests are about 7 GB.
  const configFile = join(state, 'daemon.json');
  writeFileSync(configFile, JSON.stringify({ builder: { gc: { enabled: true, defaultKeepStorage: '10GB' } } }));
  try {
    // The default bridge of an engine has a fixed name; two engines would reconfigure the same one.
    await runPeer('ip', ['link', 'add', slot.bridge, 'type', 'bridge']);
    await runPeer('ip', ['address', 'add', slot.address, 'dev', slot.bridge]);
    const engine = await startPeer(
      dockerd,
      [
        `--config-file=${configFile}`,
        `--data-root=${slot.dataRoot}`,
        `--exec-root=${slot.execRoot}`,
        `--pidfile=${slot.pidFile}`,
        `--host=${host}`,
        `--bridge=${slot.bridge}`,
        `--default-address-pool=base=${slot.pool},size=26`,
      ],
      { waitFor: connection.isThere },
    );
    // An interrupted run leaves containers, and those with a restart policy start with the engine.
    await removeLeftovers(connection.run);
    return connection.engine(async () => {
      await removeLeftovers(connection.run);
      await engine.stop();
      await clean();
    });
  } catch (error) {
    connection.forget();
    await clean();
    throw error;
  }
}

/** Test runs of several checkouts at once each have an engine; two engines cannot share a data root. */
function findFreeSlot(folder: string) {
  const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
  const slots = numbers.map((number) => ({
    dataRoot: join(folder, `docker-${number}`),
    // At a fixed place: after a crash, the next engine finds the containerd that survived and goes on with it.
    execRoot: join(folder, `docker-${number}-run`),
    pidFile: join(folder, `docker-${number}.pid`),
    bridge: `plinth${number}`,
    address: `172.31.${250 - number}.1/24`,
    pool: `172.30.${number * 16}.0/20`,
  }));
  const free = slots.find(({ pidFile }) => !isRunning(pidFile));
  if (free === undefined) throw new Error(`All engines in ${folder} are in use`);
  return free;
}

function isRunning(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

async function removeLeftovers(run: DockerEngine['run']): Promise<void> {
  const names = async (...args: string[]): Promise<string[]> => (await run(args)).stdout.split('\n').filter(Boolean);
  const containers = await names('ps', '--all', '--quiet');
  if (containers.length > 0) await run(['rm', '--force', '--volumes', ...containers]);
  // Pruning would keep the named ones, or not, depending on the version of the engine.
  const volumes = await names('volume', 'ls', '--quiet');
  if (volumes.length > 0) await run(['volume', 'rm', '--force', ...volumes]);
  await run(['network', 'prune', '--force']);
  // Only images without a name: what an earlier run has built and replaced.
  await run(['image', 'prune', '--force']);
}

/**
 * Loads the images that stand in for those of a registry, as far as the engine lacks them; resolves to their references.
 * `names` are those of scripts/peers/images.mjs; without any, all are loaded. Requires the peer `base-images`.
 */
export async function loadBaseImages(engine: DockerEngine, ...names: string[]): Promise<Record<string, string>> {
  const index = findPeer('base-images');
  if (index === undefined) throw new Error('base-images missing; install with: npm run peers -- base-images');
  const all = JSON.parse(readFileSync(index, 'utf8')) as { name: string; tag: string; id: string; file: string }[];
  const wanted = all.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const { tag, id, file } of wanted) {
    const present = await engine.run(['image', 'inspect', '--format', '{{.Id}}', tag]);
    if (present.stdout.trim() === id) continue;
    const loaded = await engine.run(['load', '--quiet', '--input', join(dirname(index), file)]);
    if (loaded.code !== 0) throw new Error(`docker load of ${tag} failed\n${loaded.stderr}`);
  }
  return Object.fromEntries(wanted.map(({ name, tag }) => [name, tag]));
}
