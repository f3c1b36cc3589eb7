import { Secret } from '@plinth/common';
import { expect, it } from 'vitest';
import { SignInStates } from './sign-in-state.ts';

let now = new Date('2026-01-01T00:00:00Z');
const clock = { now: () => now };
const states = new SignInStates({ secret: new Secret('one secret of many'), clock, cookieSecure: false });
const cookieOf = (header: string) => header.split(';')[0]!;

it('keeps an address for half an hour, unreadable for others', () => {
  const header = states.render({ email: 'ann@example.test', returnTo: '/device' });
  expect(header).toMatch(/; HttpOnly; SameSite=Lax$/);
  expect(Buffer.from(cookieOf(header).split('=')[1]!, 'base64url').toString('latin1')).not.toContain('ann@');
  expect(states.read(`a=b; ${cookieOf(header)}`)).toMatchObject({ email: 'ann@example.test', returnTo: '/device' });
  now = new Date(now.getTime() + 31 * 60_000);
  expect(states.read(cookieOf(header))).toBeUndefined();
});

it('believes no state that another secret made, or somebody else', () => {
  const other = new SignInStates({ secret: new Secret('another secret'), clock, cookieSecure: false });
  expect(states.read(cookieOf(other.render({ email: 'ann@example.test', returnTo: null })))).toBeUndefined();
  expect(states.read('plinth.sign_in=e30')).toBeUndefined();
  expect(states.read('plinth.sign_in=')).toBeUndefined();
  expect(states.read(undefined)).toBeUndefined();
});

it('takes a cookie of the whole host alone where there is TLS', () => {
  const secure = new SignInStates({ secret: new Secret('one secret of many'), clock, cookieSecure: true });
  expect(secure.render(undefined)).toBe('__Host-plinth.sign_in=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax');
});
