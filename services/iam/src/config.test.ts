import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvironment } from '@plinth/common';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { manifest } from '../service.manifest.ts';
import { loadConfig } from './config.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iam-config-'));
});
afterEach(() => rm(directory, { recursive: true }));

const parse = (values: Record<string, string>) =>
  parseEnvironment([{ prefix: 'IAM_', variables: manifest.variables }], values);

it('keeps self-registration off and cookies to TLS unless told otherwise', async () => {
  const config = await loadConfig(parse({}), 'https://plinth.example.test/', directory);
  expect(config).toMatchObject({
    baseUrl: 'https://plinth.example.test',
    cookieSecure: true,
    selfRegistration: false,
    emailVerification: 'required',
    productName: 'Plinth',
    breachCheckUrl: undefined,
    accessTokenLifetimeSeconds: 900,
  });
  expect((await loadConfig(parse({}), 'http://localhost:3000', directory)).cookieSecure).toBe(false);
});

it('makes a secret once and keeps it where only its owner reads it', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => loadConfig(parse({}), 'http://localhost', directory)));
  expect(first!.secret.reveal()).toHaveLength(64);
  expect(second!.secret.reveal()).toBe(first!.secret.reveal());
  expect((await stat(join(directory, 'iam-secret'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(directory, 'iam-secret'), 'utf8')).toBe(first!.secret.reveal());
});

it('names every fault at once', async () => {
  const environment = parse({
    IAM_SECRET: 'short',
    IAM_INITIAL_ADMIN_PASSWORD: 'short',
    IAM_EMAIL_VERIFICATION: 'sometimes',
  });
  await expect(loadConfig(environment, 'http://localhost', undefined)).rejects.toMatchObject({
    faults: [{ path: 'IAM_EMAIL_VERIFICATION' }, { path: 'IAM_SECRET' }, { path: 'IAM_INITIAL_ADMIN_PASSWORD' }],
  });
  await expect(loadConfig(parse({}), 'http://localhost', undefined)).rejects.toMatchObject({
    faults: [{ path: 'IAM_SECRET' }],
  });
});
