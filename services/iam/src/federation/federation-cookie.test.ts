import { Secret } from '@plinth/common';
import { expect, it } from 'vitest';
import { drawFlow, FederationCookies } from './federation-cookie.ts';

let ahead = 0;
const clock = { now: () => new Date(1_800_000_000_000 + ahead) };
const build = (cookieSecure: boolean, secret = 'a secret of at least thirty-two characters') =>
  new FederationCookies({ secret: new Secret(secret), clock, cookieSecure });
const flow = { ...drawFlow(), providerId: 'corp', returnTo: '/a' };
const valueOf = (header: string) => header.split(';')[0]!;

it('binds the cookie to the host behind TLS, and lets it come along from other sites only where a form does', () => {
  expect(build(true).render(flow, false)).toMatch(
    /^__Host-plinth\.federation\.[\w-]{22}=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(build(true).render(flow, true)).toMatch(/; Secure; SameSite=None$/);
  expect(build(false).render(flow, true)).toMatch(/; Secure; SameSite=None$/);
  expect(build(true).renderRemoval(flow.state, false)).toMatch(
    /=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

it('reads what this browser began, for ten minutes, at the same provider and under the same state alone', () => {
  const cookies = build(false);
  const header = valueOf(cookies.render(flow, false));
  expect(cookies.read(`other=1; ${header}`, flow.state, 'corp')).toEqual({ ...flow, startedAt: clock.now().getTime() });
  const refused = { code: 'federation.flow_unknown' };
  expect(() => cookies.read(header, flow.state, 'other')).toThrow(expect.objectContaining(refused));
  expect(() => cookies.read(undefined, flow.state, 'corp')).toThrow(expect.objectContaining(refused));
  expect(() => cookies.read(header, '../etc', 'corp')).toThrow(expect.objectContaining(refused));
  const moved = header.replace(flow.state, 'A'.repeat(22));
  expect(() => cookies.read(moved, 'A'.repeat(22), 'corp')).toThrow(expect.objectContaining(refused));
  const foreign = valueOf(build(false, 'another secret of thirty-two characters').render(flow, false));
  expect(() => cookies.read(foreign, flow.state, 'corp')).toThrow(expect.objectContaining(refused));
  ahead = 600_001;
  expect(() => cookies.read(header, flow.state, 'corp')).toThrow(expect.objectContaining(refused));
});

it('draws every flow anew', () => {
  const [first, second] = [drawFlow(), drawFlow()];
  for (const name of ['state', 'nonce', 'verifier', 'requestId'] as const) expect(first[name]).not.toBe(second[name]);
});
