import { expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ConfigurationError } from './config.errors.ts';
import { parseEnvironment } from './parse-environment.ts';

const table = {
  prefix: 'DEMO_',
  variables: [
    { name: 'DEMO_URL', type: 'url', doc: 'where' },
    { name: 'DEMO_COUNT', type: 'integer', doc: 'how many', minimum: 1, maximum: 9 },
    { name: 'DEMO_WAIT', type: 'duration', doc: 'how long', default: '5s' },
    { name: 'DEMO_KEY', type: 'string', doc: 'key', secret: true, required: false },
    { name: 'DEMO_OPEN', type: 'boolean', doc: 'open', default: 'false', environments: { development: 'true' } },
  ],
} as const;

test('reports every fault at once, by variable name', () => {
  const parse = () => parseEnvironment([table], { DEMO_COUNT: '10', DEMO_WAIT: 'soon', DEMO_COLOUR: 'red' });
  expect(parse).toThrow(ConfigurationError);
  try {
    parse();
  } catch (error) {
    expect((error as ConfigurationError).exitCode).toBe(78);
    expect((error as ConfigurationError).faults?.map((fault) => fault.path)).toEqual([
      'DEMO_URL',
      'DEMO_COUNT',
      'DEMO_WAIT',
      'DEMO_COLOUR',
    ]);
  }
});

test('types the values and takes defaults by environment', () => {
  const variables = { DEMO_URL: 'http://x', DEMO_COUNT: '3' };
  const parsed = parseEnvironment([table], variables, 'development');
  expect([parsed.getInteger('DEMO_COUNT'), parsed.getInteger('DEMO_WAIT'), parsed.getBoolean('DEMO_OPEN')]).toEqual([
    3,
    5000,
    true,
  ]);
  expect(parseEnvironment([table], variables).getBoolean('DEMO_OPEN')).toBe(false);
});

test('a secret does not print itself', () => {
  const secret = parseEnvironment([table], { DEMO_URL: 'http://x', DEMO_COUNT: '3', DEMO_KEY: 'hunter2' }).getSecret(
    'DEMO_KEY',
  );
  expect([String(secret), JSON.stringify({ secret }), inspect(secret), secret.reveal()]).toEqual([
    '[redacted]',
    '{"secret":"[redacted]"}',
    '[redacted]',
    'hunter2',
  ]);
});

test('reads a secret from the file that NAME_FILE names, and says which file it could not read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secret-'));
  try {
    writeFileSync(join(folder, 'key'), 'hunter2\n');
    const given = { DEMO_URL: 'http://x', DEMO_COUNT: '3' };
    const parsed = parseEnvironment([table], { ...given, DEMO_KEY_FILE: join(folder, 'key') });
    expect(parsed.getSecret('DEMO_KEY').reveal()).toBe('hunter2');
    const missing = join(folder, 'none');
    expect(() => parseEnvironment([table], { ...given, DEMO_KEY_FILE: missing })).toThrow(
      `DEMO_KEY_FILE: names ${missing}, which cannot be read (ENOENT)`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
