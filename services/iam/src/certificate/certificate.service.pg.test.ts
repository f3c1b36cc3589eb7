import type { DeletionCertificate } from '@plinth/contracts';
import { newId } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import {
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  importJWK,
  jwtVerify,
  type JSONWebKeySet,
} from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

function buildCertificate(): DeletionCertificate {
  const time = '2026-03-01T00:00:00.000Z';
  return {
    certificate: 'plinth.tenant-deletion/1',
    id: newId(),
    tenantId: newId(),
    organizationId: newId(),
    requestedBy: 'somebody',
    requestedAt: time,
    startedAt: time,
    completedAt: time,
    services: [
      { service: 'iam', deleted: { 'iam.api_keys': 2 }, remaining: { 'iam.api_keys': 0 }, kept: [], facts: {} },
    ],
    platform: 'http://localhost:3000',
  };
}

test('signs a certificate that its own header verifies, with a key that the platform publishes', async () => {
  const certificate = buildCertificate();
  const { jws } = await contractOf(iam).signCertificate({ certificate });
  const { jwk, ...header } = decodeProtectedHeader(jws);
  expect(header).toMatchObject({ alg: 'RS256', typ: 'plinth-certificate+jws' });
  expect(jwk).not.toHaveProperty('d');
  const { payload } = await compactVerify(jws, await importJWK(jwk!, 'RS256'));
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual(certificate);
  const keys = (await contractOf(iam).listSigningKeys({})) as unknown as JSONWebKeySet;
  await compactVerify(jws, createLocalJWKSet(keys));
});

test('attack: nothing is signed that could be taken for a token', async () => {
  const certificate = buildCertificate();
  const token = { iss: 'http://localhost:3000/api/v1/auth', sub: newId(), aud: 'plinth-api', exp: 4_000_000_000 };
  await expect(
    contractOf(iam).signCertificate({ certificate: { ...certificate, ...token } as DeletionCertificate }),
  ).rejects.toThrow();
  const { jws } = await contractOf(iam).signCertificate({ certificate });
  const keys = (await contractOf(iam).listSigningKeys({})) as unknown as JSONWebKeySet;
  await expect(
    jwtVerify(jws, createLocalJWKSet(keys), { audience: 'plinth-api', requiredClaims: ['exp', 'sub'] }),
  ).rejects.toThrow();
});
