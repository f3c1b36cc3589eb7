import { writeFile } from 'node:fs/promises';
import { EnvironmentUnknownError, openPlatform, renderDiagram, renderTree, writeOutput } from '@plinth/delivery';
import type { CommandInput } from '../../cli/command.ts';

export interface ShowOptions {
  readonly env: string | undefined;
  readonly svg: string | undefined;
}

/** Prints the platform of one environment; faults do not keep it from being shown. */
export async function show({ options, positionals, context }: CommandInput<ShowOptions>): Promise<void> {
  const { environments, faults, file } = await openPlatform(positionals[0], process.cwd());
  const names = environments.map(({ environment }) => environment);
  const platform =
    options.env === undefined
      ? environments.at(-1)
      : environments.find(({ environment }) => environment === options.env);
  if (platform === undefined) throw new EnvironmentUnknownError(options.env ?? '', names);
  const { svg } = options;
  if (svg !== undefined) await writeOutput(svg, () => writeFile(svg, renderDiagram(platform)));
  const { name, environment, domain, workloads, routes, secrets } = platform;
  context.output.print({
    text: [
      renderTree(platform),
      ...(options.svg === undefined ? [] : [`Diagram: ${options.svg}`]),
      ...(faults.length === 0
        ? []
        : [`It has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}: plinth check ${file}`]),
    ].join('\n'),
    json: { name, environment, domain, workloads, routes, secrets, faults: faults.length },
  });
}
