import { tmpdir } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Benchmark, BenchmarkContext } from './benchmark.ts';
import { authenticatedRead } from './benchmarks/authenticated-read.ts';
import { besideKeycloak } from './benchmarks/beside-keycloak.ts';
import { besideKillBill } from './benchmarks/beside-kill-bill.ts';
import { credentialVerification } from './benchmarks/credential-verification.ts';
import { idleMemory } from './benchmarks/idle-memory.ts';
import { ingestion } from './benchmarks/ingestion.ts';
import { invoiceRun } from './benchmarks/invoice-run.ts';
import { passwordSignIn } from './benchmarks/password-sign-in.ts';
import { permissionCheck } from './benchmarks/permission-check.ts';
import { render } from './benchmarks/render.ts';
import { singleEvents } from './benchmarks/single-events.ts';
import { startUp } from './benchmarks/start-up.ts';
import { storedUsage } from './benchmarks/stored-usage.ts';
import { describeMachine } from './machine.ts';
import { TemporaryFolders } from './platform/temporary-folders.ts';
import { renderReport, type Entry } from './report.ts';

const benchmarks: readonly Benchmark[] = [
  startUp,
  idleMemory,
  authenticatedRead,
  ingestion,
  singleEvents,
  besideKillBill,
  storedUsage,
  invoiceRun,
  permissionCheck,
  credentialVerification,
  passwordSignIn,
  besideKeycloak,
  render,
];
const usage = `npm run bench -- [--only <name>]… [--quick] [--out <file>]

  --only <name>  ${benchmarks.map(({ name }) => name).join(', ')}; may be given several times
  --quick        less data and fewer rounds: shows that everything works, not how fast it is
  --out <file>   where the results go; bench/RESULTS.md for a full run, standard output for any other one
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 64;
  const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
  const folders = new TemporaryFolders(tmpdir());
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const context: BenchmarkContext = { quick: options.quick, root, folders, say, environment: childEnvironment() };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(folders));
  const entries: Entry[] = [];
  for (const benchmark of options.selected) {
    say(benchmark.title);
    entries.push(await runOne(benchmark, context));
    await folders.removeAll();
  }
  const report = renderReport({
    date: new Date(),
    quick: options.quick,
    machine: await describeMachine(tmpdir()),
    entries,
  });
  if (options.out === undefined) process.stdout.write(report);
  else await writeFile(options.out, report);
  return entries.some(({ outcome }) => outcome === undefined) ? 1 : 0;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        out: { type: 'string' },
      },
    });
    const names = values.only;
    const unknown = names?.find((name) => !benchmarks.some((benchmark) => benchmark.name === name));
    if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}".`);
    const selected = names === undefined ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));
    const whole = names === undefined && !values.quick;
    return { quick: values.quick, selected, out: values.out ?? (whole ? 'bench/RESULTS.md' : undefined) };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

async function runOne(benchmark: Benchmark, context: BenchmarkContext): Promise<Entry> {
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  try {
    return { benchmark, outcome: await benchmark.run(context), seconds: elapsed() };
  } catch (error) {
    context.say(`  FAILED: ${(error as Error).stack}`);
    const failure = (error as Error).message.split('\n')[0];
    return { benchmark, outcome: undefined, failure, seconds: elapsed() };
  }
}

/** What a platform of ours must not inherit: settings of another one. */
function childEnvironment(): Record<string, string | undefined> {
  const foreign = /^(PLINTH|IAM|TENANT|ACCOUNT|PRODUCT|SUBSCRIPTION|METERING|AUDIT|DATABASE|OTEL|NODE)_/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** The processes end when this one lets go of them; they need a moment before their folders can go. */
async function stop(folders: TemporaryFolders): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await folders.removeAll().catch(() => {});
  process.exit(130);
}
