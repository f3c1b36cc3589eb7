import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, origin, password, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

const email = 'somebody@example.test';
const code = '123456';
const passkey = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
};
const changes: [path: string, body: object | undefined][] = [
  ['/auth/sign-up/email', { email, password, name: 'Ann' }],
  ['/auth/sign-in/email', { email, password }],
  ['/auth/sign-out', undefined],
  ['/auth/verify-email', { email, code }],
  ['/auth/verification', { email }],
  ['/auth/password-reset', { email }],
  ['/auth/password-reset/confirm', { token: 'x', password }],
  ['/auth/email-sign-in', { email }],
  ['/auth/email-sign-in/confirm', { email, code }],
  ['/auth/second-factor', { code }],
  ['/auth/passkey/options', undefined],
  ['/auth/passkey', { credential: passkey }],
];
const refused = { status: 403, body: { code: 'authentication.origin_not_trusted' } };

test.each(changes)('refuses %s that a foreign page sends with the cookie of its visitor', async (path, body) => {
  const { cookies, cookie } = await signUp(iam);
  const send = (headers: Record<string, string>) =>
    iam.request('POST', path, { ...(body === undefined ? {} : { body }), headers: { cookie: cookies, ...headers } });
  expect(await send({ origin: 'https://evil.test' })).toMatchObject(refused);
  expect(await send({ origin: `${origin}.evil.test` })).toMatchObject(refused);
  expect(await send({ origin: 'null' })).toMatchObject(refused);
  expect(await send({ 'sec-fetch-site': 'cross-site' })).toMatchObject(refused);
  expect(await contractOf(iam).authenticateSession({ cookie })).not.toBeNull();
  expect((await send({ origin })).body?.code).not.toBe('authentication.origin_not_trusted');
});
