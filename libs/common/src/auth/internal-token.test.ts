import { expect, test } from 'vitest';
import { Secret } from '../config/secret.ts';
import { signInternalToken, verifyInternalToken } from './internal-token.ts';

const secret = new Secret('a-secret-of-thirty-two-characters');
const principal = { kind: 'user' as const, subject: 'ada', roles: ['org_admin'] };
const now = 1_800_000_000_000;

test('carries the caller to the service that it is for', () => {
  expect(verifyInternalToken(signInternalToken(principal, 'metering', secret, now), 'metering', secret, now)).toEqual(
    principal,
  );
});

test.each([
  ['another audience', (token: string) => verifyInternalToken(token, 'audit', secret, now)],
  ['another secret', (token: string) => verifyInternalToken(token, 'metering', new Secret('x'.repeat(32)), now)],
  ['after 30 seconds', (token: string) => verifyInternalToken(token, 'metering', secret, now + 30_000)],
  ['from the future', (token: string) => verifyInternalToken(token, 'metering', secret, now - 10_000)],
  [
    'a changed payload',
    (token: string) =>
      verifyInternalToken(
        token.replace(/\.[^.]+\./, (payload) => payload.replace('e', 'f')),
        'metering',
        secret,
        now,
      ),
  ],
  ['no signature', (token: string) => verifyInternalToken(token.replace(/[^.]+$/, ''), 'metering', secret, now)],
])('is refused: %s', (_case, verify) => {
  expect(() => verify(signInternalToken(principal, 'metering', secret, now))).toThrow('not accepted');
});
