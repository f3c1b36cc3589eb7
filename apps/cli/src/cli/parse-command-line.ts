import { parseArgs } from 'node:util';
import { UsageError } from './cli.errors.ts';
import type { Command, OptionDefinition, OptionTable } from './command.ts';
import { findNearestName } from './nearest-name.ts';

/** What the command line asks for. */
export type CommandLine =
  | { readonly asks: 'version'; readonly json: boolean }
  | { readonly asks: 'help'; readonly command: Command | undefined; readonly group: readonly string[] }
  | {
      readonly asks: 'run';
      readonly command: Command;
      readonly options: Readonly<Record<string, unknown>>;
      readonly positionals: readonly string[];
    };

/** Options that every command has. */
export const commonOptions = {
  json: { type: 'boolean', doc: 'print the result, or the error, as one JSON document on stdout' },
  help: { type: 'boolean', doc: 'print this help' },
} as const satisfies OptionTable;

/** Parses everything behind `plinth`; throws `UsageError` naming the nearest command or option. */
export function parseCommandLine(commands: readonly Command[], words: readonly string[]): CommandLine {
  const flags = words.filter((word) => word.startsWith('-'));
  if (words.length === 0 || (words.length === flags.length && isHelp(flags))) {
    return { asks: 'help', command: undefined, group: [] };
  }
  if (flags.length === words.length && words.some((word) => word === '--version' || word === '-v')) {
    const unknown = words.find((word) => !['--version', '-v', '--json'].includes(word));
    if (unknown === undefined) return { asks: 'version', json: words.includes('--json') };
  }
  if (words[0] === 'help') return parseCommandLine(commands, [...words.slice(1), '--help']);
  const found = findCommand(commands, words);
  if ('group' in found) return { asks: 'help', command: undefined, group: found.group };
  const rest = words.slice(found.command.path.length);
  const end = rest.indexOf('--');
  if (isHelp(end < 0 ? rest : rest.slice(0, end))) return { asks: 'help', command: found.command, group: [] };
  return { asks: 'run', command: found.command, ...parseArguments(found.command, rest) };
}

function isHelp(words: readonly string[]): boolean {
  return words.includes('--help') || words.includes('-h');
}

function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command } | { group: readonly string[] } {
  const command = commands.find(({ path }) => path.every((name, index) => words[index] === name));
  if (command !== undefined) return { command };
  if (words[0]!.startsWith('-')) throw new UsageError(`"${words[0]}" is not an option of plinth.`, hint('plinth'));
  const group = commands.filter(({ path }) => path.length > 1 && path[0] === words[0]);
  if (group.length === 0) {
    const firsts = [...new Set(commands.map(({ path }) => path[0]!))];
    throw new UsageError(
      `There is no command "plinth ${words[0]}".`,
      didYouMean('plinth ', words[0]!, firsts, 'plinth'),
    );
  }
  const second = words[1];
  if (second === undefined || isHelp([second])) return { group: [words[0]!] };
  const seconds = group.map(({ path }) => path[1]!);
  throw new UsageError(
    `There is no command "plinth ${words[0]} ${second}".`,
    didYouMean(`plinth ${words[0]} `, second, seconds, `plinth ${words[0]}`),
  );
}

function hint(command: string): string {
  return `See ${command} --help.`;
}

function didYouMean(prefix: string, typed: string, names: readonly string[], command: string): string {
  const nearest = findNearestName(typed, names);
  return nearest === undefined ? hint(command) : `Did you mean "${prefix}${nearest}"? ${hint(command)}`;
}

function parseArguments(command: Command, words: readonly string[]) {
  const table: OptionTable = { ...command.options, ...commonOptions };
  const name = `plinth ${command.path.join(' ')}`;
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(table).map(
        ([key, { type }]) => [key, { type: type === 'boolean' ? 'boolean' : 'string' }] as const,
      ),
    ),
    // Not strict: our own messages name the nearest option.
    strict: false,
    tokens: true,
  });
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(table).map(([key, option]) => [key, option.type === 'boolean' ? false : defaultOf(key, option)]),
  );
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (option === undefined || !token.rawName.startsWith('--')) {
      const suggestion = didYouMean('--', token.name, Object.keys(table), name);
      throw new UsageError(`"${token.rawName}" is not an option of ${name}.`, suggestion);
    }
    values[token.name] = parseValue(token.rawName, option, token.value, token.inlineValue ?? false, name);
  }
  assertPositionals(command, positionals, name);
  return { options: values, positionals };
}

function defaultOf(key: string, option: OptionDefinition): unknown {
  return option.default === undefined ? undefined : toInteger(`--${key}`, option, option.default, '');
}

function parseValue(
  rawName: string,
  option: OptionDefinition,
  value: string | undefined,
  inline: boolean,
  command: string,
): unknown {
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`, hint(command));
    return true;
  }
  if (value === undefined || value === '' || (!inline && /^-./.test(value))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value ?? '…'}.`, hint(command));
  }
  return toInteger(rawName, option, value, command);
}

function toInteger(rawName: string, option: OptionDefinition, value: string, command: string): string | number {
  if (option.type !== 'integer') return value;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${rawName} must be a number, not "${value}".`, hint(command));
  return Number(value);
}

function assertPositionals(command: Command, positionals: readonly string[], name: string): void {
  const missing = command.arguments.find((argument, index) => argument.required && positionals[index] === undefined);
  if (missing !== undefined) throw new UsageError(`${name} needs <${missing.name}>: ${missing.doc}.`, hint(name));
  const last = command.arguments.at(-1);
  const surplus = last?.many ? undefined : positionals[command.arguments.length];
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many for ${name}.`, hint(name));
}
