import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvironment } from '@plinth/common';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { manifest } from '../../service.manifest.ts';
import { loadDeclaredClients } from './declared-client.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iam-declared-'));
});
afterEach(() => rm(directory, { recursive: true }));

const load = (values: Record<string, string>) =>
  loadDeclaredClients(parseEnvironment([{ prefix: 'IAM_', variables: manifest.variables }], values));

it('has the two built-in clients, named after the platform', async () => {
  const [api, web] = await load({ IAM_PLATFORM_NAME: 'acme', IAM_WEB_REDIRECT_URIS: 'https://app.acme.test/callback' });
  expect(api).toMatchObject({
    id: 'acme-api',
    settings: { confidential: true, firstParty: true, grantTypes: ['client_credentials'], redirectUris: [] },
  });
  expect(web).toMatchObject({
    id: 'acme-web',
    secret: undefined,
    settings: {
      confidential: false,
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['https://app.acme.test/callback'],
      postLogoutRedirectUris: ['https://app.acme.test/', 'https://app.acme.test/callback'],
    },
  });
});

it('reads further clients from a file, and each secret from one of its own', async () => {
  await writeFile(join(directory, 'secret'), `${'s'.repeat(32)}\n`);
  const file = join(directory, 'clients.json');
  const grafana = { id: 'grafana', name: 'Grafana', redirectUris: ['https://grafana.acme.test/login/generic_oauth'] };
  await writeFile(file, JSON.stringify([{ ...grafana, secretFile: join(directory, 'secret') }]));
  expect((await load({ IAM_CLIENTS_FILE: file }))[2]).toMatchObject({
    id: 'grafana',
    origin: 'declared',
    secret: 's'.repeat(32),
    settings: { confidential: true, firstParty: false, redirectUris: grafana.redirectUris },
  });
});

it.each([
  ['IAM_WEB_REDIRECT_URIS', 'https://app.example.test/*'],
  ['IAM_WEB_REDIRECT_URIS', '*'],
  ['IAM_API_CLIENT_SECRET', 'short'],
  ['IAM_CLIENTS_FILE', '/nowhere/clients.json'],
])('refuses %s=%s', async (variable, value) => {
  await expect(load({ [variable]: value })).rejects.toMatchObject({
    code: 'config.invalid',
    faults: [{ path: variable }],
  });
});

it('names every fault of the file with its place', async () => {
  const file = join(directory, 'clients.json');
  await writeFile(
    file,
    JSON.stringify([
      { id: 'a', name: 'A', redirectUris: ['http://a.test/'] },
      { id: 'plinth-web', name: 'B', confidential: false, redirectUris: ['https://b.test/'] },
    ]),
  );
  const loaded = load({ IAM_CLIENTS_FILE: file });
  await expect(loaded).rejects.toThrow(/\/0\/redirectUris\/0 must be https/);
  await expect(loaded).rejects.toThrow(/\/0\/secretFile is missing/);
  await expect(loaded).rejects.toThrow(/names the client "plinth-web" twice/);
});

it('refuses what it does not know', async () => {
  const file = join(directory, 'clients.json');
  await writeFile(file, JSON.stringify([{ id: 'a', name: 'A', redirectUri: 'https://a.test/' }]));
  await expect(load({ IAM_CLIENTS_FILE: file })).rejects.toThrow(/redirectUri/);
});
