import { atMost, type Benchmark, type BenchmarkContext, type Outcome } from '../benchmark.ts';
import { startPlinthUp } from '../platform/plinth-up.ts';
import { median } from '../statistics.ts';

export const startUp: Benchmark = {
  name: 'start-up',
  title: 'Start-up',
  description:
    'Seconds from the start of the process `plinth up` until `/health/ready` answers 200 with all services; the median of several starts, ' +
    'each with a data directory that is new (PostgreSQL is initialised and every migration applied) or that a former start left behind. ' +
    "Node's compile cache is warm, as it is from the second start on.",
  run,
};

async function run(context: BenchmarkContext): Promise<Outcome> {
  const rounds = context.quick ? 1 : 5;
  const [fresh, existing]: [number[], number[]] = [[], []];
  // Fills the compile cache and the page cache.
  await measure(context, await context.folders.create());
  for (let round = 0; round < rounds; round += 1) {
    const folder = await context.folders.create();
    fresh.push(await measure(context, folder));
    existing.push(await measure(context, folder));
    await context.folders.remove(folder);
    context.say(`  new ${fresh.at(-1)?.toFixed(2)} s, existing ${existing.at(-1)?.toFixed(2)} s`);
  }
  return {
    figures: [
      { what: 'Start with a new data directory', value: median(fresh), unit: 's', budget: atMost(3) },
      { what: 'Start with an existing one', value: median(existing), unit: 's', budget: atMost(1.5) },
    ],
    notes: [`New: ${list(fresh)}. Existing: ${list(existing)}.`],
  };
}

async function measure(context: BenchmarkContext, folder: string): Promise<number> {
  const platform = await startPlinthUp(context, folder);
  await platform.stop();
  return platform.readyAfterSeconds;
}

function list(seconds: readonly number[]): string {
  return `${seconds.map((value) => value.toFixed(2)).join(', ')} s`;
}
