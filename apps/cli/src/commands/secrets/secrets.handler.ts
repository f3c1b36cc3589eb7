import {
  DescriptionFaultyError,
  EnvironmentUnknownError,
  openPlatform,
  writeOutput,
  writeSecrets,
} from '@plinth/delivery';
import type { CommandInput } from '../../cli/command.ts';
import { exitCodes } from '../../cli/exit-codes.ts';

export interface SecretsOptions {
  readonly env: string;
  readonly out: string | undefined;
  readonly file: string | undefined;
}

/** Resolves to 1 while secrets are missing that only people know. */
export async function secrets({ options, context }: CommandInput<SecretsOptions>): Promise<number> {
  const { environments, faults, file } = await openPlatform(options.file, process.cwd());
  if (faults.length > 0) throw new DescriptionFaultyError(file, faults.length);
  const platform = environments.find(({ environment }) => environment === options.env);
  if (platform === undefined)
    throw new EnvironmentUnknownError(
      options.env,
      environments.map(({ environment }) => environment),
    );
  const folder = options.out ?? `deploy/compose/${options.env}/secrets`;
  const plan = await writeOutput(folder, () => writeSecrets(platform.secrets, folder));
  const lines = [
    `${plan.generate.length} made, ${plan.derive.length} put together, ${plan.keep.length} kept in ${folder}.`,
    ...plan.ask.map(({ name, doc }) => `  write ${folder}/${name}: ${doc}`),
  ];
  context.output.print({
    text: lines.join('\n'),
    json: {
      folder,
      generated: plan.generate,
      derived: plan.derive.map(({ name }) => name),
      kept: plan.keep,
      missing: plan.ask,
    },
  });
  return plan.ask.length === 0 ? 0 : exitCodes.failed;
}
