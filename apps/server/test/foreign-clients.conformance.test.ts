import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@plinth/common';
import { runMainJob, type MainJobResult } from '@plinth/testing';
import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';

let directory: string;
let platform: Platform;
let job: MainJobResult<ApiCaller>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {},
    log: createLogger({ level: 'silent' }),
  });
  job = await runMainJob(await ApiCaller.signUp(platform.url, 'ada@example.com'));
}, 60_000);

afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

test('openid-client discovers the issuer, and a token is verified against its keys', async () => {
  const issuer = `${platform.url}/api/v1/auth`;
  const configuration = await openid.discovery(new URL(issuer), 'plinth-web', undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  });
  const metadata = configuration.serverMetadata();
  expect(metadata).toMatchObject({ issuer, jwks_uri: `${issuer}/jwks` });
  const { token } = await job.owner.expect('GET', '/auth/token');
  const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri!)), {
    issuer,
    audience: 'plinth-api',
    algorithms: ['RS256'],
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    tenant_id: job.tenantId,
    organization_id: job.organizationId,
    roles: ['org_admin'],
    email: 'ada@example.com',
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
  // The token is what the gateway takes, too.
  const byToken = job.owner.with({ cookie: '', authorization: `Bearer ${token}` });
  expect((await byToken.send('GET', `/accounts/${job.accountId}`)).status).toBe(200);
});

test.each([
  ['structured', Mode.STRUCTURED],
  ['binary', Mode.BINARY],
] as const)('the cloudevents client sends usage in %s mode, counted once', async (name, mode) => {
  const { key } = await job.owner.expect('POST', '/api-keys', { name: `sdk ${name}`, scopes: ['usage:write'] });
  const answers: unknown[] = [];
  const transport = httpTransport(`${platform.url}/api/v1/usage/events`);
  const emit = emitterFor(transport, { mode });
  const event = new CloudEvent({
    id: `sdk-${name}`,
    source: 'urn:sdk',
    type: 'call.made',
    subject: 'customer-1',
    time: '2025-03-01T00:00:00.000Z',
    data: {},
  });
  for (let round = 0; round < 2; round += 1)
    answers.push(await emit(event, { headers: { 'x-api-key': key } } as never));
  const bodies = answers.map(
    (answer) => JSON.parse((answer as { body: string }).body) as { accepted: number; duplicates: number },
  );
  expect(bodies).toMatchObject([
    { accepted: 1, duplicates: 0 },
    { accepted: 0, duplicates: 1 },
  ]);
});
