import { describe, expect, it } from 'vitest';
import { UsageError } from './cli.errors.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { commands } from './root.ts';

function parse(line: string) {
  return parseCommandLine(commands, line === '' ? [] : line.split(' '));
}

function errorOf(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} ${error.suggestion}`;
    throw error;
  }
  throw new Error(`"${line}" was accepted`);
}

describe('a command line', () => {
  it('fills in defaults and types', () => {
    expect(parse('up --port 4000 --demo')).toMatchObject({
      asks: 'run',
      options: { data: '.plinth', port: 4000, host: '127.0.0.1', demo: true, json: false },
    });
  });

  it('takes values with =, and arguments on either side of options', () => {
    expect(parse('serve --port=0 iam gateway')).toMatchObject({
      options: { port: 0 },
      positionals: ['iam', 'gateway'],
    });
    expect(parse('call importCatalogue --body - --json')).toMatchObject({ options: { body: '-', json: true } });
    expect(parse('import access-log a.log --json')).toMatchObject({ positionals: ['a.log'], options: { json: true } });
  });

  it.each([
    ['', { asks: 'help', group: [] }],
    ['--help', { asks: 'help', group: [] }],
    ['help', { asks: 'help', group: [] }],
    ['migrate', { asks: 'help', group: ['migrate'] }],
    ['migrate --help', { asks: 'help', group: ['migrate'] }],
    ['--version', { asks: 'version', json: false }],
    ['--version --json', { asks: 'version', json: true }],
  ])('"plinth %s" asks for what it says', (line, expected) => {
    expect(parse(line)).toMatchObject(expected);
  });

  it.each(commands.map(({ path }) => path.join(' ')))(
    '"plinth %s --help" gives its help whatever else is said',
    (name) => {
      expect(parse(`${name} --help`)).toMatchObject({ asks: 'help', command: { path: name.split(' ') } });
      expect(parse(`help ${name}`)).toMatchObject({ asks: 'help', command: { path: name.split(' ') } });
      expect(parse(`${name} --unknown -h`)).toMatchObject({ asks: 'help' });
    },
  );
});

describe('a mistake on the command line', () => {
  it.each([
    ['upp', 'There is no command "plinth upp". Did you mean "plinth up"?'],
    ['docter', 'Did you mean "plinth doctor"?'],
    ['xyzzy', 'There is no command "plinth xyzzy". See plinth --help.'],
    ['migrate upp', 'There is no command "plinth migrate upp". Did you mean "plinth migrate up"?'],
    ['import acces-log a', 'Did you mean "plinth import access-log"?'],
    ['up --prot 3', '"--prot" is not an option of plinth up. Did you mean "--port"?'],
    ['up --zzzzzz', '"--zzzzzz" is not an option of plinth up. See plinth up --help.'],
    ['up -d', '"-d" is not an option of plinth up.'],
    ['--prot', '"--prot" is not an option of plinth.'],
    ['up --port', '--port needs a value: --port <n>.'],
    ['up --data --json', '--data needs a value: --data <dir>.'],
    ['up --data=', '--data needs a value'],
    ['up --port abc', '--port must be a number, not "abc".'],
    ['up --demo=yes', '--demo takes no value.'],
    ['up there', '"there" is one argument too many for plinth up.'],
    ['serve', 'plinth serve needs <service>'],
    ['import access-log', 'plinth import access-log needs <file>'],
    ['import access-log a b', '"b" is one argument too many'],
    ['up --constructor', '"--constructor" is not an option'],
  ])('"plinth %s" is named', (line, expected) => {
    expect(errorOf(line)).toContain(expected);
  });
});
