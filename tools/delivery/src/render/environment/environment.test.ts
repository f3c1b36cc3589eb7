import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import type { ResolvedPlatform, WorkloadVariable } from '../../model/platform-model.ts';
import { buildInput, buildWorkload } from '../observability/observability.builders.ts';
import { renderEnvironment } from './environment.ts';

const level = { name: 'LOG_LEVEL', type: 'string', doc: 'level of the log' } as const;

function buildPlatform(environment: string, logLevel: string): ResolvedPlatform {
  const variables = (port: string, more: readonly WorkloadVariable[] = []): WorkloadVariable[] => [
    { name: 'LOG_LEVEL', value: logLevel, definition: level },
    { name: 'PORT', value: port },
    { name: 'GREETING', value: `it's "100 %" $HOME | here` },
    ...more,
  ];
  const secret = {
    name: 'IAM_SECRET_FILE',
    secretFile: 'iam-secret',
    definition: { name: 'IAM_SECRET', type: 'string', doc: 'signs cookies' },
  } as const;
  return {
    ...buildInput([], {}).platform,
    environment,
    environments: ['staging', 'production'],
    workloads: [
      buildWorkload('gateway', {
        variables: variables('3000'),
        published: [{ hostPort: 8443, port: 3000, address: '127.0.0.1' }],
      }),
      buildWorkload('iam', { variables: variables('3001', [secret]) }),
    ],
    secrets: [{ name: 'iam-secret', doc: 'signs cookies', source: 'generated', workloads: ['iam'] }],
  };
}

const environments = [buildPlatform('staging', 'debug'), buildPlatform('production', 'info')];

function render(): Map<string, string> {
  return new Map(
    renderEnvironment({ platform: environments[1]!, environments }).map(({ path, content }) => [path, content]),
  );
}

test('renders one example, the variable tables and the port table', () => {
  expect([...render().keys()]).toEqual(['.env.example', 'ports.md', 'variables.md']);
});

test('the example can be read, and no name stands in it twice', () => {
  const text = render().get('.env.example') ?? '';
  expect(parseEnv(text)).toMatchObject({ LOG_LEVEL: 'info', IAM_SECRET_FILE: '/run/secrets/iam-secret' });
  const names = text.split('\n').flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
  expect(new Set(names).size).toBe(names.length);
  expect(text).toContain('# gateway, iam\n');
  expect(text).toContain('# signs cookies\n# secret: ./secrets/iam-secret\nIAM_SECRET_FILE=/run/secrets/iam-secret\n');
  expect(text).toContain('# gateway: PORT=3000\n# iam: PORT=3001\n');
  expect(text).toContain('# secret: ./secrets/iam-secret (made at random): signs cookies');
});

test('the tables show what is the same everywhere once, and the rest by environment', () => {
  const text = render().get('variables.md') ?? '';
  const cells = text.split('\n').map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  expect(cells).toContainEqual(['', '`LOG_LEVEL`', 'level of the log', '`debug`', '`info`', 'no', '']);
  expect(cells).toContainEqual(['', '`PORT`', '', '`3001`', 'no', '']);
  expect(cells).toContainEqual([
    '',
    '`IAM_SECRET_FILE`',
    'signs cookies',
    '`/run/secrets/iam-secret`',
    'yes: `iam-secret`',
    '',
  ]);
  expect(text).toContain(String.raw`$HOME \| here`);
});

test('the port table says what is published, and which addresses lead to a port', () => {
  const row = (render().get('ports.md') ?? '').split('\n').find((line) => line.startsWith('| `gateway`')) ?? '';
  expect(row).toContain('`127.0.0.1:8443`');
  expect(row).toContain('`https://console.acme.example.com/`');
});
