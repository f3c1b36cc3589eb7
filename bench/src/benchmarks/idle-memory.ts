import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Benchmark, type BenchmarkContext, type Outcome } from '../benchmark.ts';
import { startPlinthUp } from '../platform/plinth-up.ts';
import { listDescendants, measureMemory } from '../platform/process-tree.ts';

export const idleMemory: Benchmark = {
  name: 'idle-memory',
  title: 'Memory of the idle platform',
  description:
    'Memory of the process of `plinth up` ten seconds after it is ready on a new data directory, alone and with all processes of PostgreSQL, in MB of 10⁶ bytes. ' +
    'Resident memory (RSS) counts what processes share once for each; PostgreSQL shares its buffers, so the sum with PostgreSQL is also given as proportional memory (PSS), where it counts once. ' +
    'The budgets apply to RSS for the server alone and to PSS for the sum.',
  run,
};

async function run(context: BenchmarkContext): Promise<Outcome> {
  if (process.platform !== 'linux') {
    context.say('  SKIPPED: memory is read from /proc, which Linux alone has');
    return { figures: [], notes: ['**Skipped**: memory is read from /proc, which Linux alone has.'] };
  }
  const folder = await context.folders.create();
  const platform = await startPlinthUp(context, folder);
  try {
    await sleep(context.quick ? 2000 : 10_000);
    const database = (await listDescendants(platform.pid))
      .filter(({ command }) => command === 'postgres')
      .map(({ pid }) => pid);
    if (database.length === 0) throw new Error('no PostgreSQL was found below the platform');
    const [server, all] = [await measureMemory([platform.pid]), await measureMemory([platform.pid, ...database])];
    return {
      figures: [
        { what: 'Server process, RSS', value: server.resident, unit: 'MB', budget: atMost(250) },
        { what: 'Server process, PSS', value: server.proportional, unit: 'MB' },
        { what: 'With PostgreSQL, PSS', value: all.proportional, unit: 'MB', budget: atMost(400) },
        { what: 'With PostgreSQL, sum of RSS', value: all.resident, unit: 'MB' },
      ],
      notes: [`PostgreSQL had ${database.length} processes.`],
    };
  } finally {
    await platform.stop();
    await context.folders.remove(folder);
  }
}
