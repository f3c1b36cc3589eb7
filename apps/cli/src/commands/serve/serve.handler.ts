import { serviceNames, startPlatform } from '@plinth/server';
import { UsageError } from '../../cli/cli.errors.ts';
import type { CommandInput } from '../../cli/command.ts';
import { findNearestName } from '../../cli/nearest-name.ts';
import { waitForEnd } from '../../instance/wait-for-end.ts';

export interface ServeOptions {
  readonly data: string | undefined;
  readonly port: number;
  readonly host: string;
}

/** Runs the named services until a signal comes. The log, on stderr, is the output that operators read. */
export async function serve({ options, positionals, context }: CommandInput<ServeOptions>): Promise<void> {
  const { services, gateway } = resolveServices(positionals);
  const platform = await startPlatform({
    services,
    gateway,
    host: options.host,
    port: options.port,
    environment: context.environment,
    ...(options.data === undefined ? {} : { dataDirectory: options.data }),
    onProgress: (step) => context.progress.show(step),
  });
  context.progress.clear();
  const { port, startedInMs } = platform;
  const names = [...(gateway ? ['gateway'] : []), ...services];
  context.output.print({
    text: `Listening on ${options.host}:${port} after ${(startedInMs / 1000).toFixed(2)} s: ${names.join(', ')}.`,
    json: { host: options.host, port, services, gateway, startedInMs, pid: process.pid },
  });
  await waitForEnd(platform, context.stop);
}

function resolveServices(words: readonly string[]): { services: readonly string[]; gateway: boolean } {
  const known = ['all', 'gateway', ...serviceNames];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) {
    const nearest = findNearestName(unknown, known);
    const choice = `Choose among: ${known.join(', ')}.`;
    throw new UsageError(
      `There is no service "${unknown}".`,
      nearest === undefined ? choice : `Did you mean "${nearest}"? ${choice}`,
    );
  }
  if (words.includes('all')) return { services: serviceNames, gateway: true };
  return { services: serviceNames.filter((name) => words.includes(name)), gateway: words.includes('gateway') };
}
