import { diffEnvironments, EnvironmentUnknownError, openPlatform } from '@plinth/delivery';
import { UsageError } from '../../cli/cli.errors.ts';
import type { CommandInput } from '../../cli/command.ts';

export interface DiffOptions {
  readonly file: string | undefined;
}

/** Prints every value that differs, by its path in the resolved platform. */
export async function diff({ options, positionals, context }: CommandInput<DiffOptions>): Promise<void> {
  const [left, right, ...more] = positionals;
  if (left === undefined || right === undefined || more.length > 0)
    throw new UsageError('Name two environments.', 'For example: plinth diff staging production.');
  const { environments } = await openPlatform(options.file, process.cwd());
  const find = (name: string) => {
    const found = environments.find(({ environment }) => environment === name);
    if (found === undefined)
      throw new EnvironmentUnknownError(
        name,
        environments.map(({ environment }) => environment),
      );
    return found;
  };
  const differences = diffEnvironments(find(left), find(right));
  const lines = differences.flatMap((difference) => [
    difference.path,
    `  ${left}: ${textOf(difference.left)}`,
    `  ${right}: ${textOf(difference.right)}`,
  ]);
  const count = `${differences.length} ${differences.length === 1 ? 'value differs' : 'values differ'}.`;
  context.output.print({
    text: [...lines, count].join('\n'),
    json: { left, right, differences: differences.map(({ path, ...values }) => ({ path, ...values })) },
  });
}

function textOf(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
