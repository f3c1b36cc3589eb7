import type { Command } from './command.ts';
import { exitCodeDocs } from './exit-codes.ts';
import { commonOptions } from './parse-command-line.ts';

/** Help of plinth, or of a group such as `plinth migrate`. */
export function renderOverview(commands: readonly Command[], group: readonly string[]): string {
  const shown = commands.filter(({ path }) => group.every((name, index) => path[index] === name));
  return [
    `Usage: plinth ${[...group, '<command>'].join(' ')} [options]`,
    '',
    'Commands:',
    ...columns(shown.map((command) => [usageOf(command), command.summary])),
    '',
    ...(group.length > 0
      ? []
      : [
          'Options:',
          ...columns([
            ['--version', 'print the version'],
            ['--help', 'print this help; plinth <command> --help for one command'],
          ]),
          '',
          'Exit codes:',
          ...columns(Object.entries(exitCodeDocs)),
          '',
          'A first start: plinth up --demo',
        ]),
  ]
    .join('\n')
    .trimEnd();
}

/** Help of one command. */
export function renderHelp(command: Command): string {
  const options = Object.entries({ ...command.options, ...commonOptions }).map(([name, option]): [string, string] => {
    const value = option.type === 'boolean' ? '' : ` ${('value' in option ? option.value : undefined) ?? '<value>'}`;
    const fallback = 'default' in option && option.default !== undefined ? ` (default: ${option.default})` : '';
    return [`--${name}${value}`, `${option.doc}${fallback}`];
  });
  return [
    `Usage: plinth ${usageOf(command)} [options]`,
    '',
    `${command.summary[0]!.toUpperCase()}${command.summary.slice(1)}.`,
    ...(command.description === undefined ? [] : ['', command.description]),
    ...section(
      'Arguments',
      command.arguments.map(({ name, doc }) => [`<${name}>`, doc]),
    ),
    ...section('Options', options),
    ...section('Exit codes of its own', Object.entries(command.exitCodes ?? {})),
    ...(command.examples.length === 0 ? [] : ['', 'Examples:', ...command.examples.map((line) => `  ${line}`)]),
    '',
    'All exit codes: plinth --help',
  ].join('\n');
}

function usageOf(command: Command): string {
  const words = command.arguments.map(({ name, many, required }) => {
    const word = `<${name}>${many ? '…' : ''}`;
    return required ? word : `[${word}]`;
  });
  return [...command.path, ...words].join(' ');
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, ...columns(rows)];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
