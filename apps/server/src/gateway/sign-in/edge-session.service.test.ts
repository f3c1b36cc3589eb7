import { createLogger, Secret, ServiceUnavailableError } from '@plinth/common';
import { beforeEach, expect, test } from 'vitest';
import { EdgeSessions } from './edge-session.service.ts';
import { MemoryEdgeSessionStore } from './edge-session.store.ts';
import type { IssuedTokens, SignedIn } from './relying-party.ts';

const origin = 'https://shop.example.com';
const minute = 60_000;

let now: number;
let store: MemoryEdgeSessionStore;
let refreshed: string[];
let answer: () => Promise<IssuedTokens | undefined>;
let sessions: EdgeSessions;

/** A gateway over the store that all of them share. */
function createGateway(): EdgeSessions {
  const relyingParty = {
    refresh: async (token: string) => {
      refreshed.push(token);
      return answer();
    },
  };
  const secret = new Secret('a-secret-of-thirty-two-characters');
  return new EdgeSessions({ store, relyingParty, secret, log: createLogger({ level: 'silent' }), now: () => now });
}

function signedIn(changes: Partial<SignedIn> = {}): SignedIn {
  return {
    subject: 'ada',
    sid: 'sid-1',
    accessToken: 'access-1',
    expiresAt: now + 15 * minute,
    refreshToken: 'refresh-1',
    idToken: 'id-1',
    ...changes,
  };
}

beforeEach(() => {
  now = Date.parse('2026-07-01T12:00:00Z');
  store = new MemoryEdgeSessionStore(() => now);
  refreshed = [];
  answer = async () => ({
    accessToken: 'access-2',
    expiresAt: now + 15 * minute,
    refreshToken: 'refresh-2',
    idToken: undefined,
  });
  sessions = createGateway();
});

test('finds a session by its key, at its own origin only', async () => {
  const key = await sessions.start(origin, signedIn());
  expect((await sessions.find(key, origin))?.accessToken).toBe('access-1');
  expect(await sessions.find(key, 'https://books.example.com')).toBeUndefined();
  expect(await sessions.find(key, 'http://shop.example.com')).toBeUndefined();
  expect(await sessions.find(`${key}x`, origin)).toBeUndefined();
});

test('keeps neither the key nor a token where the store can be read', async () => {
  const written: string[] = [];
  const set = store.set.bind(store);
  store.set = (key, value, milliseconds) => {
    written.push(key, value, Buffer.from(value, 'base64').toString('latin1'));
    return set(key, value, milliseconds);
  };
  const key = await sessions.start(origin, signedIn());
  expect(written).toHaveLength(3);
  for (const secret of [key, 'access-1', 'refresh-1', 'ada']) expect(written.join()).not.toContain(secret);
});

test('exchanges a token before it expires, once for requests that come together at several gateways', async () => {
  const key = await sessions.start(origin, signedIn());
  now += 14 * minute + 40_000;
  const gateways = [sessions, createGateway(), createGateway()];
  const found = await Promise.all(
    gateways.flatMap((gateway) => [gateway.find(key, origin), gateway.find(key, origin)]),
  );
  expect(refreshed).toEqual(['refresh-1']);
  // The others go on with a token that is good for another moment.
  expect(new Set(found.map((session) => session?.accessToken))).toEqual(new Set(['access-1', 'access-2']));
  now += 1000;
  const later = await Promise.all(gateways.map((gateway) => gateway.find(key, origin)));
  expect(later.map((session) => session?.accessToken)).toEqual(['access-2', 'access-2', 'access-2']);
  now += 14 * minute + 40_000;
  await sessions.find(key, origin);
  expect(refreshed).toEqual(['refresh-1', 'refresh-2']);
});

test('a session ends when the provider takes its refresh token no more', async () => {
  const key = await sessions.start(origin, signedIn());
  now += 16 * minute;
  answer = async () => undefined;
  expect(await sessions.find(key, origin)).toBeUndefined();
  expect(await createGateway().find(key, origin)).toBeUndefined();
  expect(refreshed).toHaveLength(1);
});

test('a provider that is away ends nothing', async () => {
  const key = await sessions.start(origin, signedIn());
  answer = async () => {
    throw new ServiceUnavailableError('that identifies people');
  };
  now += 14 * minute + 40_000;
  expect((await sessions.find(key, origin))?.accessToken).toBe('access-1');
  now += minute;
  await expect(sessions.find(key, origin)).rejects.toThrow(ServiceUnavailableError);
});

test('a session that ends while its token is exchanged stays ended', async () => {
  const key = await sessions.start(origin, signedIn());
  now += 14 * minute + 40_000;
  const other = createGateway();
  answer = async () => {
    await other.end(key);
    return { accessToken: 'access-2', expiresAt: now + 15 * minute, refreshToken: undefined, idToken: undefined };
  };
  await sessions.find(key, origin);
  now += 1000;
  expect(await sessions.find(key, origin)).toBeUndefined();
});

test('without a refresh token a session lasts as long as its token', async () => {
  const key = await sessions.start(origin, signedIn({ refreshToken: undefined }));
  now += 15 * minute;
  expect(await sessions.find(key, origin)).toBeUndefined();
});

test('ends after half an hour without a request, and after a day in any case', async () => {
  const idle = await sessions.start(origin, signedIn());
  now += 46 * minute;
  expect(await sessions.find(idle, origin)).toBeUndefined();
  const busy = await sessions.start(origin, signedIn());
  for (let quarter = 0; quarter < 4 * 24; quarter += 1) {
    expect(await sessions.find(busy, origin)).toBeDefined();
    now += 15 * minute;
  }
  expect(await sessions.find(busy, origin)).toBeUndefined();
});

test('ends what the provider names: one session, or everything of a person up to now', async () => {
  const [first, second] = [
    await sessions.start(origin, signedIn()),
    await sessions.start(origin, signedIn({ sid: 'sid-2' })),
  ];
  const other = await sessions.start(origin, signedIn({ subject: 'bob', sid: 'sid-3' }));
  await sessions.endByNotice({ id: 'notice-1', subject: 'ada', sid: 'sid-1' });
  expect((await Promise.all([first, second].map((key) => sessions.find(key, origin)))).map(Boolean)).toEqual([
    false,
    true,
  ]);
  now += 1000;
  await sessions.endByNotice({ id: 'notice-2', subject: 'ada', sid: undefined });
  now += 1000;
  const later = await sessions.start(origin, signedIn({ sid: 'sid-4' }));
  expect((await Promise.all([second, later, other].map((key) => sessions.find(key, origin)))).map(Boolean)).toEqual([
    false,
    true,
    true,
  ]);
});

test('replay: a logout notice counts once', async () => {
  await sessions.endByNotice({ id: 'notice-1', subject: 'ada', sid: undefined });
  now += 1000;
  const key = await sessions.start(origin, signedIn());
  now += 1000;
  await sessions.endByNotice({ id: 'notice-1', subject: 'ada', sid: undefined });
  expect(await sessions.find(key, origin)).toBeDefined();
});

test('the memory of one gateway is bounded; the oldest make room', async () => {
  const small = new MemoryEdgeSessionStore(() => now, 2);
  for (const key of ['a', 'b', 'c']) await small.set(key, key, minute);
  expect([small.size, await small.get('a'), await small.get('c')]).toEqual([2, undefined, 'c']);
  now += 2 * minute;
  await small.set('d', 'd', minute);
  expect(small.size).toBe(1);
});
