import { resolve } from 'node:path';
import {
  DescriptionFaultyError,
  EnvironmentUnknownError,
  openPlatform,
  renderTargets,
  TargetNotNamedError,
  writeArtifacts,
  writeOutput,
  type Target,
} from '@plinth/delivery';
import { UsageError } from '../../cli/cli.errors.ts';
import type { CommandInput } from '../../cli/command.ts';
import { nextSteps } from './next-steps.ts';

export interface RenderOptions {
  readonly all: boolean;
  readonly env: string | undefined;
  readonly out: string;
  readonly file: string | undefined;
  readonly force: boolean;
}

/** Renders the named target, or all, and writes what changed. */
export async function render({ options, positionals, context }: CommandInput<RenderOptions>): Promise<void> {
  const startedAt = performance.now();
  const [named] = positionals;
  if (named === undefined && !options.all)
    throw new UsageError('Which target?', 'Name one, plinth render compose, or all of them: plinth render --all.');
  if (named !== undefined && options.all)
    throw new UsageError(`--all and "${named}" exclude each other.`, 'Leave one of them out.');
  const { description, environments, faults, file } = await openPlatform(options.file, process.cwd());
  if (faults.length > 0) throw new DescriptionFaultyError(file, faults.length);
  const { targets } = description;
  if (named !== undefined && !targets.includes(named as Target)) throw new TargetNotNamedError(named, targets);
  const names = environments.map(({ environment }) => environment);
  if (options.env !== undefined && !names.includes(options.env)) throw new EnvironmentUnknownError(options.env, names);
  const selected = named === undefined ? targets : [named as Target];
  const artifacts = renderTargets({ environments, targets: selected, only: options.env });
  const report = await writeOutput(options.out, () =>
    writeArtifacts(artifacts, {
      folder: resolve(options.out),
      platform: description.name,
      force: options.force,
      owned: ownedFolders(selected, options.env),
    }),
  );
  const environment = options.env ?? names.at(-1) ?? '';
  const rendered = {
    targets: selected,
    environment,
    cluster: environments.find((platform) => platform.environment === environment)?.cluster.name ?? environment,
    out: options.out,
    file: options.file,
  };
  const lines = artifacts.reduce((sum, { content }) => sum + content.split('\n').length - 1, 0);
  const milliseconds = Math.round(performance.now() - startedAt);
  context.output.print({
    text: [
      `${artifacts.length} files, ${lines} lines in ${options.out}: ${report.written} written, ${report.unchanged} unchanged, ${report.removed} removed (${milliseconds} ms).`,
      'Next:',
      ...nextSteps(rendered).map((line) => `  ${line}`),
    ].join('\n'),
    json: { folder: options.out, targets: selected, files: artifacts.length, lines, ...report, milliseconds },
  });
}

/** What this run renders as a whole, so that files which are no longer rendered can be removed. */
function ownedFolders(targets: readonly Target[], environment: string | undefined): string[] {
  return targets.flatMap((target) => (environment === undefined ? [`${target}/`] : [`${target}/${environment}/`]));
}
