import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIam } from '../../test/builders.ts';
import { errorOf, operator, signInBy } from '../../test/federation-world.ts';
import { samlEntityId, samlMetadata } from '../../test/saml-provider.ts';
import { startOpenidUpstream, type OpenidUpstreamServer } from '../../test/openid-upstream.ts';

let upstream: OpenidUpstreamServer;
beforeAll(async () => {
  upstream = await startOpenidUpstream();
});
afterAll(async () => {
  await upstream.stop();
});

function addPerson(email: string): string {
  const subject = newId();
  upstream.setPerson(subject, { email, email_verified: true, name: 'Ann' });
  return subject;
}

test('declares providers of the platform in a file, with secrets in files beside it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plinth-providers-'));
  const file = join(directory, 'providers.json');
  await writeFile(join(directory, 'secret'), `${upstream.clientSecret}\n`);
  const { issuer, clientId } = upstream;
  const entry = {
    id: 'corp',
    title: 'Corp',
    settings: { kind: 'oidc', issuer, clientId, clientSecretFile: 'secret' },
  };
  await writeFile(file, JSON.stringify([entry]));
  const declared = await startIam({ environment: { IAM_IDENTITY_PROVIDERS_FILE: file } });
  try {
    const response = await signInBy(declared, upstream, { provider: 'corp', person: addPerson(`${newId()}@a.test`) });
    expect(errorOf(response)).toBeUndefined();
    const path = '/identity-providers/corp?realm=platform';
    expect((await declared.request('GET', path, { principal: operator })).body).toMatchObject({
      origin: 'declared',
      version: 1,
    });
    for (const method of ['PATCH', 'DELETE'] as const)
      expect(
        (await declared.request(method, path, { principal: operator, ...(method === 'PATCH' ? { body: {} } : {}) }))
          .body.code,
      ).toBe('identity_provider.declared');
    await declared.takeEvents();
    await declared.instance.start!();
    expect(await declared.takeEvents()).toEqual([]);
    await writeFile(file, '[]');
    await declared.instance.start!();
    expect((await declared.request('GET', path, { principal: operator })).status).toBe(404);
  } finally {
    await declared.stop();
    await rm(directory, { recursive: true });
  }
});

test('starts without a provider whose metadata cannot be read yet, and takes it as soon as it can', async () => {
  let metadata: string | undefined;
  const server = createServer((_request, response) => {
    response.writeHead(metadata === undefined ? 503 : 200).end(metadata);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const directory = await mkdtemp(join(tmpdir(), 'plinth-providers-'));
  const file = join(directory, 'providers.json');
  const metadataUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await writeFile(file, JSON.stringify([{ id: 'corp', title: 'Corp', settings: { kind: 'saml', metadataUrl } }]));
  const declared = await startIam({ environment: { IAM_IDENTITY_PROVIDERS_FILE: file } });
  const find = async () =>
    (await declared.request('GET', '/identity-providers/corp?realm=platform', { principal: operator })).body;
  const again = () => declared.instance.jobs!.find(({ name }) => name === 'iam.declare-identity-providers')!.run({});
  try {
    expect((await find()).code).toBe('resource.not_found');
    metadata = samlMetadata();
    await again();
    const first = await find();
    expect(first).toMatchObject({ version: 1, settings: { entityId: samlEntityId } });
    metadata = undefined;
    await again();
    expect(await find()).toEqual(first);
  } finally {
    await declared.stop();
    server.close();
    await rm(directory, { recursive: true });
  }
});

test('names every fault of the file, and does not start', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plinth-providers-'));
  const file = join(directory, 'providers.json');
  const started = async (content: unknown) => {
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return startIam({ environment: { IAM_IDENTITY_PROVIDERS_FILE: file } }).then(
      () => 'started',
      (error: Error) => error.message,
    );
  };
  const settings = { kind: 'google', clientId: 'a', clientSecretFile: 'absent' };
  const message = await started([
    { id: 'Corp', title: 'a', settings },
    { id: 'b', settings: { kind: 'google', clientId: 'a' } },
  ]);
  for (const part of ['/0/settings/clientSecretFile names absent', '/0/id', '/1/title'])
    expect(message).toContain(part);
  expect(await started([{ id: 'a', title: 'a', settings: { kind: 'google', clientId: 'a' } }])).toContain(
    '/0/settings/clientSecret is required',
  );
  expect(await started('{')).toContain('no JSON file');
  await rm(directory, { recursive: true });
});
