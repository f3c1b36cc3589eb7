import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { findCookie, readSessionCookie, sessionCookieName } from './session-cookie.ts';

const secret = 'a secret of at least thirty-two characters';
const sign = (token: string, key = secret) => `${token}.${createHmac('sha256', key).update(token).digest('base64')}`;

it('reads the token of a signed cookie, percent-encoded or not', () => {
  expect(readSessionCookie(sign('token'), secret)).toBe('token');
  expect(readSessionCookie(encodeURIComponent(sign('token')), secret)).toBe('token');
});

it('refuses a cookie that another secret signed, that was changed, or that has no signature', () => {
  expect(readSessionCookie(sign('token', 'another secret'), secret)).toBeUndefined();
  expect(readSessionCookie(sign('token').replace('token', 'tokem'), secret)).toBeUndefined();
  expect(readSessionCookie('token', secret)).toBeUndefined();
  expect(readSessionCookie('', secret)).toBeUndefined();
  expect(readSessionCookie('%E0%A4%A.x', secret)).toBeUndefined();
});

it('finds a cookie by its whole name', () => {
  const header = 'xplinth.session_token=no; plinth.session_token=yes; other=1';
  expect(findCookie(header, sessionCookieName(false))).toBe('yes');
  expect(findCookie(header, sessionCookieName(true))).toBeUndefined();
  expect(findCookie(undefined, 'a')).toBeUndefined();
});
