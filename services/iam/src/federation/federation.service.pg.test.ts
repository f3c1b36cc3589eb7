import { newId, type Clock } from '@plinth/common';
import { eventually, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { origin, password, signUp, startIam } from '../../test/builders.ts';
import {
  comeBack,
  cookiesOf,
  createProvider,
  errorOf,
  openidBody,
  postBack,
  sessionFrom,
  signInBy,
  start,
} from '../../test/federation-world.ts';
import { startOpenidUpstream, type OpenidUpstreamServer } from '../../test/openid-upstream.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;
let upstream: OpenidUpstreamServer;
let other: OpenidUpstreamServer;
let provider: string;
beforeAll(async () => {
  [iam, upstream, other] = await Promise.all([startIam({ clock }), startOpenidUpstream(), startOpenidUpstream()]);
  provider = await createProvider(iam, openidBody(upstream));
});
afterAll(async () => {
  await iam.stop();
  await Promise.all([upstream.stop(), other.stop()]);
});

const execute = (sql: string, parameters: unknown[] = []) =>
  iam.database.transaction(undefined, (transaction) => transaction.rows<Record<string, unknown>>(sql, parameters));

/** A person at the upstream with an address that nobody has yet. */
function addPerson(claims: Record<string, unknown> = {}, proof = {}): { subject: string; email: string } {
  const [subject, email] = [newId(), `${newId()}@example.test`];
  upstream.setPerson(subject, { email, email_verified: true, name: 'Ann Upstream', locale: 'de-DE', ...claims }, proof);
  return { subject, email };
}

const signIn = (person: string, query?: string) =>
  signInBy(iam, upstream, { provider, person, ...(query === undefined ? {} : { query }) });

async function verifyEmail(userId: string): Promise<void> {
  await execute(`UPDATE auth.users SET email_verified_at = now() WHERE id = $1`, [userId]);
}

test('makes a user of somebody with a verified address, signs them in, and knows them again by issuer and subject', async () => {
  const { subject, email } = addPerson();
  await iam.takeEvents();
  const first = await signIn(subject, '?return_to=%2Fwelcome%3Fa%3D1');
  expect([first.status, first.headers['location']]).toEqual([303, '/welcome?a=1']);
  const session = await sessionFrom(iam, first);
  expect(session).toMatchObject({
    user: { email, name: 'Ann Upstream', emailVerified: true },
    session: { methods: ['fed'], secondFactorPending: false },
  });
  const types = (await iam.takeEvents()).map((event) => event.type);
  expect(types).toEqual(expect.arrayContaining(['identity.created', 'identity.verified', 'identity.signed_in']));
  expect(await execute(`SELECT locale FROM auth.users WHERE id = $1`, [session.user.id])).toEqual([{ locale: 'de' }]);
  // Another address at the provider does not make another person.
  upstream.setPerson(subject, { email: `${newId()}@example.test`, email_verified: false });
  expect((await sessionFrom(iam, await signIn(subject))).user).toMatchObject({ id: session.user.id, email });
});

test('takes names and addresses from outside as text, and no subject that is no id', async () => {
  const { subject } = addPerson({
    name: `An${String.fromCharCode(0, 10)}n ${'x'.repeat(5000)}`,
    email: `${newId()}@example.test`,
  });
  const { user } = await sessionFrom(iam, await signIn(subject));
  expect(user.name).toMatch(/^An n x{195}$/);
  const long = 's'.repeat(600);
  upstream.setPerson(long, { email: `${newId()}@example.test`, email_verified: true });
  expect(errorOf(await signIn(long))).toBe('federation.refused');
});

test('makes one user when the same person signs in for the first time twice at once', async () => {
  const { subject, email } = addPerson();
  const responses = await Promise.all([signIn(subject), signIn(subject)]);
  expect(responses.map((response) => [response.status, errorOf(response)])).toEqual([
    [303, undefined],
    [303, undefined],
  ]);
  expect(await execute(`SELECT count(*)::int AS n FROM auth.users WHERE email = $1`, [email])).toEqual([{ n: 1 }]);
});

test('links with a known user by an address that both sides have proven, and tells them by mail', async () => {
  const ann = await signUp(iam);
  await verifyEmail(ann.userId);
  const { subject } = addPerson({ email: ann.email.toUpperCase() });
  expect((await sessionFrom(iam, await signIn(subject))).user.id).toBe(ann.userId);
  const told = await eventually(async () =>
    iam.mails.find(({ to, text }) => to === ann.email && text.includes('was linked')),
  );
  expect(told.text).toContain('/security');
  expect(await execute(`SELECT count(*)::int AS n FROM auth.identities WHERE user_id = $1`, [ann.userId])).toEqual([
    { n: 1 },
  ]);
});

test('attack: an account here with the unproven address of somebody else gets nothing when they come by a provider', async () => {
  const squatter = await signUp(iam);
  const { subject } = addPerson({ email: squatter.email });
  const response = await signIn(subject);
  expect(errorOf(response)).toBe('federation.link_required');
  expect(cookiesOf(response)).toBe('');
  expect(await execute(`SELECT 1 FROM auth.identities WHERE user_id = $1`, [squatter.userId])).toEqual([]);
});

test('attack: an address that the provider has not verified takes over nobody, and is not told whether it is known', async () => {
  const victim = await signUp(iam);
  await verifyEmail(victim.userId);
  const claims = [
    { email_verified: false },
    { email_verified: undefined },
    { email_verified: 'true' },
    { email_verified: 1 },
  ];
  for (const claim of claims)
    for (const email of [victim.email, `${newId()}@example.test`]) {
      const { subject } = addPerson({ email, ...claim });
      const response = await signIn(subject);
      expect([errorOf(response), cookiesOf(response)], JSON.stringify(claim)).toEqual([
        'federation.email_not_verified',
        '',
      ]);
    }
  expect(await execute(`SELECT 1 FROM auth.identities WHERE user_id = $1`, [victim.userId])).toEqual([]);
});

test('attack: a letter that becomes another one in lower case does not make one address another', async () => {
  const local = `mike${newId().slice(0, 8)}`;
  const victim = await iam.request('POST', '/auth/sign-up/email', {
    body: { email: `${local}@example.test`, password, name: 'Mike' },
  });
  await verifyEmail(victim.body.user.id);
  const { subject } = addPerson({ email: `mi\u212Ae${local.slice(4)}@example.test` });
  expect(errorOf(await signIn(subject))).toBe('federation.email_not_verified');
});

test('attack: the answer of a sign-in that another browser began signs nobody in (login CSRF)', async () => {
  const { subject } = addPerson();
  const attacker = await start(iam, provider);
  const answer = await upstream.visit(attacker.location, subject);
  for (const cookies of ['', (await start(iam, provider)).cookies]) {
    const response = await comeBack(iam, answer, cookies);
    expect([errorOf(response), cookiesOf(response)]).toEqual(['federation.flow_unknown', '']);
  }
});

test('attack: the code of another sign-in under the own state is refused (nonce and PKCE)', async () => {
  const { subject } = addPerson();
  const [own, stolen] = [await start(iam, provider), await start(iam, provider)];
  const code = (await upstream.visit(stolen.location, subject)).searchParams.get('code')!;
  const answer = await upstream.visit(own.location, subject);
  answer.searchParams.set('code', code);
  const response = await comeBack(iam, answer, own.cookies);
  expect([errorOf(response), cookiesOf(response)]).toEqual(['federation.refused', '']);
});

test('attack: a nonce that was swapped on its way to the provider is refused', async () => {
  const { subject } = addPerson();
  const { location, cookies } = await start(iam, provider);
  const swapped = new URL(location);
  swapped.searchParams.set('nonce', 'another-nonce-of-the-attacker');
  const response = await comeBack(iam, await upstream.visit(swapped.href, subject), cookies);
  expect(errorOf(response)).toBe('federation.refused');
});

test('attack: a state that was changed, doubled or left out is refused', async () => {
  const { subject } = addPerson();
  const changes: ((url: URL) => void)[] = [
    (url) => url.searchParams.set('state', 'A'.repeat(22)),
    (url) => url.searchParams.delete('state'),
    (url) => url.searchParams.append('state', 'A'.repeat(22)),
  ];
  for (const change of changes) {
    const { location, cookies } = await start(iam, provider);
    const answer = await upstream.visit(location, subject);
    change(answer);
    expect(errorOf(await comeBack(iam, answer, cookies))).toBe('federation.flow_unknown');
  }
});

test('attack: an answer is good once, also when it failed, and for ten minutes', async () => {
  const { subject } = addPerson();
  const { location, cookies } = await start(iam, provider);
  const answer = await upstream.visit(location, subject);
  expect(errorOf(await comeBack(iam, answer, cookies))).toBeUndefined();
  expect(errorOf(await comeBack(iam, answer, cookies))).toBe('federation.flow_unknown');
  const late = await start(iam, provider);
  const lateAnswer = await upstream.visit(late.location, subject);
  ahead += 601_000;
  expect(errorOf(await comeBack(iam, lateAnswer, late.cookies))).toBe('federation.flow_unknown');
  ahead = 0;
});

test('attack: the answer of one provider is worth nothing at another one (mix-up)', async () => {
  const second = await createProvider(iam, openidBody(other));
  const { subject } = addPerson();
  const { location, cookies } = await start(iam, provider);
  const answer = await upstream.visit(location, subject);
  const elsewhere = new URL(answer.href.replace(provider, second));
  expect(errorOf(await comeBack(iam, elsewhere, cookies))).toBe('federation.flow_unknown');
  // RFC 9207: the answer says whose it is.
  expect(answer.searchParams.get('iss')).toBe(upstream.issuer);
  answer.searchParams.set('iss', other.issuer);
  expect(errorOf(await comeBack(iam, answer, cookies))).toBe('federation.refused');
});

test('attack: return_to leads to the own origin alone', async () => {
  const { subject } = addPerson();
  for (const path of [
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test',
    'javascript:alert(1)',
    '/%09/evil.test/..//evil.test',
  ])
    expect(
      new URL(String((await signIn(subject, `?return_to=${encodeURIComponent(path)}`)).headers['location']), origin)
        .origin,
      path,
    ).toBe(origin);
});

test('keeps the flow in a cookie of this host that scripts cannot read, encrypted, for a short time', async () => {
  const { response, location } = await start(iam, provider);
  const header = String(response.headers['set-cookie']);
  expect(header).toMatch(/^plinth\.federation\.[\w-]{22}=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  const parameters = new URL(location).searchParams;
  expect(Object.fromEntries(parameters)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: `${origin}/api/v1/auth/federation/${provider}/callback`,
  });
  expect(header).not.toContain(parameters.get('nonce')!);
});

test('attack: a Host header changes no address that anybody is sent to', async () => {
  const response = await iam.request('GET', `/auth/federation/${provider}/start`, {
    headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' },
  });
  const location = new URL(String(response.headers['location']));
  expect(location.searchParams.get('redirect_uri')).toBe(`${origin}/api/v1/auth/federation/${provider}/callback`);
});

test('attack: a page that begins sign-ins without end does not fill the requests of the browser with cookies', async () => {
  const jar = new Map<string, string>();
  for (let index = 0; index < 12; index++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await iam.request('GET', `/auth/federation/${provider}/start`, { headers: { cookie } });
    for (const header of [response.headers['set-cookie']].flat().map(String)) {
      const [name, value] = header.split(';')[0]!.split(/=(.*)/s);
      if (header.includes('Max-Age=0')) jar.delete(name!);
      else jar.set(name!, value!);
    }
  }
  expect(jar.size).toBeLessThanOrEqual(5);
  expect([...jar].join('').length).toBeLessThan(6000);
});

test('never takes a form where the provider answers by address', async () => {
  const { subject } = addPerson();
  const { location, cookies } = await start(iam, provider);
  const answer = await upstream.visit(location, subject);
  const response = await postBack(iam, provider, Object.fromEntries(answer.searchParams), cookies);
  expect(errorOf(response)).toBe('federation.flow_unknown');
});

test('says when somebody cancelled at the provider', async () => {
  const { location, cookies } = await start(iam, provider, '?return_to=%2Fa');
  const { searchParams } = new URL(location);
  const answer = new URL(searchParams.get('redirect_uri')!);
  answer.search = new URLSearchParams({
    error: 'access_denied',
    state: searchParams.get('state')!,
    iss: upstream.issuer,
  }).toString();
  const response = await comeBack(iam, answer, cookies);
  expect(response.headers['location']).toBe('/sign-in?error=federation.denied&return_to=%2Fa');
});

test('keeps disabled users out', async () => {
  const { subject } = addPerson();
  const { user } = await sessionFrom(iam, await signIn(subject));
  await execute(`UPDATE auth.users SET disabled_at = now() WHERE id = $1`, [user.id]);
  expect(errorOf(await signIn(subject))).toBe('federation.user_disabled');
});

test('asks for the own second factor unless a provider that is trusted for it says that there were two', async () => {
  const trusted = await createProvider(iam, openidBody(upstream, { trustMultiFactor: true }));
  const { subject } = addPerson();
  const { user } = await sessionFrom(iam, await signIn(subject));
  await execute(`UPDATE auth.users SET second_factor = true WHERE id = $1`, [user.id]);
  const strength = async (id: string) => {
    const response = await signInBy(iam, upstream, { provider: id, person: subject, query: '?return_to=%2Fa' });
    const [row] = await execute(
      `SELECT strong, pending FROM auth.sessions WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
      [user.id],
    );
    return { ...row, location: response.headers['location'] };
  };
  const waiting = { strong: false, pending: true, location: '/sign-in/second-factor?return_to=%2Fa' };
  expect(await strength(trusted)).toEqual(waiting);
  upstream.setPerson(subject, { email: user.email, email_verified: true }, { amr: ['pwd', 'mfa'] });
  expect(await strength(provider)).toEqual(waiting);
  expect(await strength(trusted)).toEqual({ strong: true, pending: false, location: '/a' });
});

test('lets nobody new in where a provider must not make users, and none but the allowed domains', async () => {
  const closed = await createProvider(iam, openidBody(upstream, { signUp: 'never' }));
  const limited = await createProvider(iam, openidBody(upstream, { allowedDomains: ['Allowed.test'] }));
  const { subject } = addPerson();
  expect(errorOf(await signInBy(iam, upstream, { provider: closed, person: subject }))).toBe('federation.sign_up_off');
  expect(errorOf(await signInBy(iam, upstream, { provider: limited, person: subject }))).toBe(
    'federation.domain_not_allowed',
  );
  const allowed = addPerson({ email: `${newId()}@allowed.test` });
  expect(errorOf(await signInBy(iam, upstream, { provider: limited, person: allowed.subject }))).toBeUndefined();
});

test('lists the providers of the platform for the sign-in page, without disabled ones', async () => {
  const hidden = await createProvider(iam, openidBody(upstream, { enabled: false }));
  const { data } = (await iam.request('GET', '/auth/federation/providers')).body;
  expect(data).toContainEqual({
    id: provider,
    title: 'Upstream',
    kind: 'oidc',
    startPath: `/api/v1/auth/federation/${provider}/start`,
  });
  expect(data.map(({ id }: { id: string }) => id)).not.toContain(hidden);
  expect(errorOf((await start(iam, hidden)).response)).toBe('resource.not_found');
});

test('says that a provider does not answer, and shows nothing of why', async () => {
  const gone = await createProvider(
    iam,
    openidBody(upstream, {
      settings: { kind: 'oidc', issuer: 'http://127.0.0.1:1', clientId: 'a', clientSecret: 'b' },
    }),
  );
  expect(String((await start(iam, gone)).response.headers['location'])).toBe('/sign-in?error=federation.unavailable');
});

test('forgets answers that nobody can bring again', async () => {
  await execute(`INSERT INTO auth.federation_answers VALUES (sha256('a'), now() - interval '1 s')`);
  await iam.instance.jobs!.find((job) => job.name === 'iam.clean-up-federation')!.run({});
  expect(await execute(`SELECT 1 FROM auth.federation_answers WHERE hash = sha256('a')`)).toEqual([]);
});
