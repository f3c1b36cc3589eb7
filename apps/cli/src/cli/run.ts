import { DomainError } from '@plinth/common/errors';
import { InterruptedError, UnforeseenError } from './cli.errors.ts';
import type { Handler } from './command.ts';
import { exitCodeOf } from './exit-codes.ts';
import { renderHelp, renderOverview } from './help.ts';
import { Output, type TextStream } from './output.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { Progress } from './progress.ts';
import { commands } from './root.ts';
import { stopSignalOf, watchStopSignals, type SignalSource } from './stop-signals.ts';

/** Everything that a run takes from its process. */
export interface RunOptions {
  /** The words behind `plinth`. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly signals?: SignalSource;
}

/** Runs one command line to its exit code. The only place that prints errors. */
export async function run(options: RunOptions): Promise<number> {
  const { stdout, stderr, argv } = options;
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const output = new Output({ stdout, stderr, isJson: words.includes('--json') });
  const progress = new Progress(stderr);
  const signals = watchStopSignals(options.signals ?? processSignals);
  try {
    return await dispatch(options, { output, progress, stop: signals.signal });
  } catch (thrown) {
    progress.clear();
    const error = explain(thrown, signals.signal);
    const exitCode = exitCodeOf(error);
    output.printError(error, exitCode);
    // The stack of a fault of ours is what its report needs.
    if (error instanceof UnforeseenError) output.note(String((thrown as Error | undefined)?.stack ?? thrown));
    return exitCode;
  } finally {
    progress.clear();
    signals.release();
  }
}

async function dispatch(
  { argv, environment }: RunOptions,
  tools: { readonly output: Output; readonly progress: Progress; readonly stop: AbortSignal },
): Promise<number> {
  const line = parseCommandLine(commands, argv);
  if (line.asks === 'version') {
    const { version } = await import('@plinth/server');
    tools.output.print({ text: version, json: { version } });
    return 0;
  }
  if (line.asks === 'help') {
    const text = line.command === undefined ? renderOverview(commands, line.group) : renderHelp(line.command);
    tools.output.print({ text, json: { help: text } });
    return 0;
  }
  const handler = (await line.command.load()) as Handler<unknown>;
  const { options, positionals } = line;
  return (await handler({ options, positionals, context: { environment, ...tools } })) ?? 0;
}

const processSignals: SignalSource = {
  on: (name, listener) => process.on(name, listener),
  off: (name, listener) => process.off(name, listener),
  exit: (code) => process.exit(code),
};

function explain(thrown: unknown, stop: AbortSignal): DomainError {
  // Whatever broke while the command was being stopped broke because of that.
  if (stop.aborted && (thrown === stop.reason || (thrown as { name?: string } | null)?.name === 'AbortError')) {
    return new InterruptedError(stopSignalOf(stop));
  }
  return thrown instanceof DomainError ? thrown : new UnforeseenError(thrown);
}
