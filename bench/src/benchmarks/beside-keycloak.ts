import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, BenchmarkContext, Figure, Outcome } from '../benchmark.ts';
import { copyKeycloak, keycloakMissing, startKeycloak, type KeycloakHome } from '../peers/keycloak.ts';
import { startPlinthUp } from '../platform/plinth-up.ts';
import { cpuSecondsOfTree, listDescendants, measureMemory } from '../platform/process-tree.ts';
import { median } from '../statistics.ts';

export const besideKeycloak: Benchmark = {
  name: 'beside-keycloak',
  title: 'Start and memory beside Keycloak',
  description:
    'Seconds from the start of `plinth up`, with all its services and its PostgreSQL, and of a real Keycloak until `/health/ready` of each answers 200, in turns; with a database that has to be made, and with the one that is left. The CPU time that all processes of each took until then depends less on what else the machine does. ' +
    'Keycloak runs in production mode, built beforehand (`start --optimized`), with the database in its own process (H2 in a file) and the memory settings of its own script. ' +
    'Memory is that of both ten seconds after they were ready on a new database and nobody has signed in: of all processes of each, in MB of 10⁶ bytes, memory that several share counted once (PSS); and resident (RSS) of the one process of each that serves requests.',
  run,
};

interface Start {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface Starts {
  readonly fresh: Start[];
  readonly existing: Start[];
}

/** A server that is ready. */
interface Ready {
  readonly pid: number;
  readonly readyAfterSeconds: number;
  stop(): Promise<void>;
}

interface Contest {
  readonly ours: Starts;
  readonly theirs: Starts;
}

interface Memory {
  readonly all: number;
  readonly server: number;
}

async function run(context: BenchmarkContext): Promise<Outcome> {
  if (process.platform !== 'linux') {
    context.say('  SKIPPED: memory is read from /proc, which Linux alone has');
    return { figures: [], notes: ['**Skipped**: memory is read from /proc, which Linux alone has.'] };
  }
  const home = await copyKeycloak(context);
  if (home === undefined) return { figures: [], notes: [keycloakMissing] };
  const contest: Contest = { ours: { fresh: [], existing: [] }, theirs: { fresh: [], existing: [] } };
  // Fills the compile cache; Keycloak has none, and its files were copied a moment ago.
  await (await startPlinthUp(context, await context.folders.create())).stop();
  const rounds = context.quick ? 1 : 2;
  let memory: [Memory, Memory] | undefined;
  for (let round = 1; round <= rounds; round += 1) {
    await home.clear();
    const folder = await context.folders.create();
    memory = await startBoth(context, contest, { home, folder, when: 'fresh', idleSeconds: context.quick ? 2 : 10 });
    await startBoth(context, contest, { home, folder, when: 'existing', idleSeconds: 0 });
    await context.folders.remove(folder);
  }
  return summarise(contest, memory!);
}

interface Together {
  readonly home: KeycloakHome;
  readonly folder: string;
  readonly when: keyof Starts;
  readonly idleSeconds: number;
}

/** Starts both, one after the other, and measures their memory after a while. */
async function startBoth(
  context: BenchmarkContext,
  { ours, theirs }: Contest,
  { home, folder, when, idleSeconds }: Together,
): Promise<[Memory, Memory]> {
  const platform = await startPlinthUp(context, folder);
  try {
    ours[when].push(await describeStart(platform));
    const keycloak = await startKeycloak(context, home);
    try {
      theirs[when].push(await describeStart(keycloak));
      context.say(`  ${when}: ${list(ours[when].slice(-1))}, Keycloak ${list(theirs[when].slice(-1))}`);
      await sleep(idleSeconds * 1000);
      return [await memoryOf(platform.pid), await memoryOf(keycloak.pid)];
    } finally {
      await keycloak.stop();
    }
  } finally {
    await platform.stop();
  }
}

async function describeStart({ pid, readyAfterSeconds }: Ready): Promise<Start> {
  return { seconds: readyAfterSeconds, cpuSeconds: await cpuSecondsOfTree(pid) };
}

async function memoryOf(pid: number): Promise<Memory> {
  const below = (await listDescendants(pid)).map((stat) => stat.pid);
  const [all, server] = [await measureMemory([pid, ...below]), await measureMemory([pid])];
  return { all: all.proportional, server: server.resident };
}

function summarise({ ours, theirs }: Contest, [own, peer]: readonly [Memory, Memory]): Outcome {
  const times = (what: string, when: keyof Starts, part: keyof Start): Figure[] => {
    const [platform, keycloak] = [ours, theirs].map((starts) => median(starts[when].map((start) => start[part])));
    return [
      { what: `${what}: the platform`, value: platform ?? NaN, unit: 's' },
      { what: `${what}: Keycloak`, value: keycloak ?? NaN, unit: 's' },
      { what: `${what}: the platform to Keycloak`, value: ((platform ?? NaN) / (keycloak ?? NaN)) * 100, unit: '%' },
    ];
  };
  return {
    figures: [
      ...times('Ready on a new database', 'fresh', 'seconds'),
      ...times('CPU time until ready on a new database', 'fresh', 'cpuSeconds'),
      ...times('Ready on an existing one', 'existing', 'seconds'),
      ...times('CPU time until ready on an existing one', 'existing', 'cpuSeconds'),
      { what: 'Memory, PSS: the platform with PostgreSQL', value: own.all, unit: 'MB' },
      { what: 'Memory, PSS: Keycloak', value: peer.all, unit: 'MB' },
      { what: 'Memory, PSS: the platform to Keycloak', value: (own.all / peer.all) * 100, unit: '%' },
      { what: 'Serving process, RSS: the platform', value: own.server, unit: 'MB' },
      { what: 'Serving process, RSS: Keycloak', value: peer.server, unit: 'MB' },
    ],
    notes: [
      `New: ${list(ours.fresh)}; Keycloak ${list(theirs.fresh)}. Existing: ${list(ours.existing)}; Keycloak ${list(theirs.existing)}.`,
    ],
  };
}

function list(starts: readonly Start[]): string {
  return `${starts.map(({ seconds }) => seconds.toFixed(2)).join(', ')} s`;
}
