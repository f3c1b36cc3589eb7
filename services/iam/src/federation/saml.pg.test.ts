import { generateKeyPairSync } from 'node:crypto';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIam } from '../../test/builders.ts';
import {
  callbackBase,
  cookiesOf,
  createProvider,
  errorOf,
  postBack,
  proveDomain,
  sessionFrom,
  start,
} from '../../test/federation-world.ts';
import {
  buildAssertion,
  encode,
  readSamlRequest,
  respond,
  samlEntityId,
  samlMetadata,
  samlSettings,
  signAssertion,
  wrapResponse,
  type AssertionChanges,
  type SamlRequest,
} from '../../test/saml-provider.ts';

let iam: ServiceUnderTest;
let provider: string;
beforeAll(async () => {
  iam = await startIam();
  provider = await createProvider(iam, { title: 'Corp', settings: samlSettings, trustEmail: true });
});
afterAll(() => iam.stop());

async function begin(id = provider): Promise<{ request: SamlRequest; cookies: string }> {
  const { location, cookies } = await start(iam, id);
  return { request: readSamlRequest(location), cookies };
}

/** Signs in with an answer that a test makes of the request. */
async function answer(make: (request: SamlRequest) => string, id = provider) {
  const { request, cookies } = await begin(id);
  return postBack(iam, id, { SAMLResponse: make(request), RelayState: request.relayState }, cookies);
}

const someone = (): AssertionChanges => ({ nameId: newId(), email: `${newId()}@saml.test` });

async function expectRefused(make: (request: SamlRequest) => string, code = 'federation.refused'): Promise<void> {
  const response = await answer(make);
  expect([errorOf(response), cookiesOf(response)]).toEqual([code, '']);
}

test('asks by redirect, for an answer at its own address, under a cookie that a form of another site carries', async () => {
  const { response, location } = await start(iam, provider);
  const request = readSamlRequest(location);
  expect(location).toMatch(/^https:\/\/saml\.idp\.test\/sso\?/);
  expect(request).toMatchObject({
    acsUrl: `${callbackBase}/${provider}/callback`,
    issuer: `${callbackBase}/${provider}/metadata`,
  });
  expect(String(response.headers['set-cookie'])).toMatch(/; HttpOnly; Secure; SameSite=None$/);
});

test('signs in whom a signed assertion names, with address and name from its attributes', async () => {
  const { nameId, email } = someone();
  const response = await answer((request) => respond(request, { nameId: nameId!, email: email! }));
  expect(errorOf(response)).toBeUndefined();
  const { user, session } = await sessionFrom(iam, response);
  expect(user).toMatchObject({ email, name: 'Ann Saml', emailVerified: true });
  expect(session.methods).toEqual(['fed']);
  const again = await answer((request) => respond(request, { nameId: nameId!, email: `${newId()}@saml.test` }));
  expect((await sessionFrom(iam, again)).user.id).toBe(user.id);
});

test('attack: refuses an answer without a signature, with a signature of another key, or with SHA-1', async () => {
  await expectRefused((request) => wrapResponse(request, buildAssertion(request, someone())));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  await expectRefused((request) =>
    wrapResponse(request, signAssertion(buildAssertion(request, someone()), { privateKey: foreign })),
  );
  await expectRefused((request) =>
    wrapResponse(request, signAssertion(buildAssertion(request, someone()), { algorithm: 'sha1' })),
  );
});

test('attack: refuses what was changed after it was signed', async () => {
  await expectRefused((request) => {
    const signed = signAssertion(buildAssertion(request, { ...someone(), nameId: 'mallory' }));
    return wrapResponse(request, signed.replace('mallory', 'admin00'));
  });
});

test('attack: refuses an assertion for another audience, recipient, destination, provider or method', async () => {
  const changes: AssertionChanges[] = [
    { audience: 'https://other.test/metadata' },
    { recipient: 'https://other.test/callback' },
    { recipient: `${callbackBase}/${provider}/callback/` },
    { destination: 'https://other.test/callback' },
    { issuer: 'https://other.idp.test/metadata' },
    { method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' },
  ];
  for (const change of changes) await expectRefused((request) => respond(request, { ...someone(), ...change }));
});

test('attack: refuses an answer to the request of somebody else, to none, and one that nobody asked for', async () => {
  const stranger = (await begin()).request;
  await expectRefused((request) =>
    respond(request, { ...someone(), inResponseTo: stranger.id, responseTo: stranger.id }),
  );
  // Only the assertion is signed: the response around it says whatever it likes.
  await expectRefused((request) =>
    respond(request, { ...someone(), inResponseTo: stranger.id, responseTo: request.id }),
  );
  await expectRefused((request) => respond(request, { ...someone(), inResponseTo: null }));
  const { request } = await begin();
  const unasked = await postBack(iam, provider, { SAMLResponse: respond(request, someone()), RelayState: '' }, '');
  expect(errorOf(unasked)).toBe('federation.flow_unknown');
});

test('attack: refuses the answer of one browser in another one, and a second time in the same', async () => {
  const { request, cookies } = await begin();
  const form = { SAMLResponse: respond(request, someone()), RelayState: request.relayState };
  const other = await begin();
  expect(errorOf(await postBack(iam, provider, form, other.cookies))).toBe('federation.flow_unknown');
  expect(errorOf(await postBack(iam, provider, form, cookies))).toBeUndefined();
  expect(errorOf(await postBack(iam, provider, form, cookies))).toBe('federation.flow_unknown');
});

test('attack: takes an assertion once, whatever request it says to answer', async () => {
  const id = `_${newId()}`;
  const person = someone();
  expect(errorOf(await answer((request) => respond(request, { ...person, id })))).toBeUndefined();
  await expectRefused((request) => respond(request, { ...person, id }));
});

test('attack: refuses what has ended, is not valid yet, or is old, within a minute of clock skew', async () => {
  const minute = 60_000;
  await expectRefused((request) => respond(request, { ...someone(), issuedAt: -5 * minute, validUntil: -2 * minute }));
  await expectRefused((request) => respond(request, { ...someone(), issuedAt: 3 * minute, validUntil: 9 * minute }));
  await expectRefused((request) => respond(request, { ...someone(), issuedAt: -15 * minute, validUntil: 60 * minute }));
  const skewed = await answer((request) =>
    respond(request, { ...someone(), issuedAt: 30_000, validUntil: 2 * minute }),
  );
  expect(errorOf(skewed)).toBeUndefined();
});

test('attack: a forged assertion beside, before or around the signed one is not read (signature wrapping)', async () => {
  const wraps: ((forged: string, signed: string) => string)[] = [
    (forged, signed) => forged + signed,
    (forged, signed) => signed + forged,
    (forged, signed) => forged.replace('</saml:Assertion>', `<saml:Advice>${signed}</saml:Advice></saml:Assertion>`),
    (forged, signed) => `<samlp:Extensions>${signed}</samlp:Extensions>${forged}`,
    // The signature of the true assertion moves into the forged one, with the true one inside the signature's object.
    (forged, signed) => {
      const signature = /<Signature[\s\S]*<\/Signature>/.exec(signed)![0];
      const object = `<Object>${signed.replace(signature, '')}</Object></Signature>`;
      return forged.replace('</saml:Issuer>', `</saml:Issuer>${signature.replace('</Signature>', object)}`);
    },
  ];
  const victim = newId();
  for (const [index, wrap] of wraps.entries())
    for (const sameId of [false, true]) {
      const id = `_true${index}${sameId}`;
      const response = await answer((request) => {
        const signed = signAssertion(buildAssertion(request, { ...someone(), id }));
        const forged = buildAssertion(request, {
          nameId: victim,
          email: 'victim@saml.test',
          id: sameId ? id : '_forged',
        });
        return wrapResponse(request, wrap(forged, signed));
      });
      expect([errorOf(response), cookiesOf(response)], `${index} ${sameId}`).toEqual(['federation.refused', '']);
    }
  const users = await iam.database.transaction(undefined, (transaction) =>
    transaction.rows(`SELECT 1 FROM auth.users WHERE email = 'victim@saml.test'`),
  );
  expect(users).toEqual([]);
});

test('attack: a comment in the NameID or an address makes nobody else of somebody', async () => {
  const { email } = someone();
  await expectRefused((request) => respond(request, { nameId: 'admin<!-- -->.mallory', email: email! }));
  await expectRefused((request) => respond(request, { ...someone(), email: 'admin@saml.test<!---->.evil.test' }));
  await expectRefused((request) => respond(request, { ...someone(), nameId: '<![CDATA[admin]]>.mallory' }));
  // Put in after the signature was made: canonical XML leaves comments out, so the signature still holds.
  await expectRefused((request) => {
    const signed = signAssertion(buildAssertion(request, { nameId: 'admin.mallory', email: email! }));
    return wrapResponse(request, signed.replace('admin.mallory', 'admin<!-- -->.mallory'));
  });
});

test('attack: entities are neither expanded nor fetched', async () => {
  const laughs = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';
  const file = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  for (const prefix of [laughs, file])
    await expectRefused((request) => {
      const xml = Buffer.from(respond(request, { ...someone(), nameId: prefix === file ? '&x;' : '&c;' }), 'base64');
      return encode(prefix + xml.toString('utf8'));
    });
  await expectRefused(() => '');
  await expectRefused(() => encode('x'));
  await expectRefused(() => encode(`<r>${'x'.repeat(30_000)}</r>`));
});

test('attack: RelayState is our own state and leads nowhere', async () => {
  const { request, cookies } = await begin();
  const SAMLResponse = respond(request, someone());
  for (const RelayState of ['https://evil.test/', '//evil.test', ''])
    expect((await postBack(iam, provider, { SAMLResponse, RelayState }, cookies)).headers['location']).toBe(
      '/sign-in?error=federation.flow_unknown',
    );
});

test('refuses a NameID that is another one at each sign-in', async () => {
  await expectRefused((request) =>
    respond(request, { ...someone(), format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }),
  );
});

test("attack: a provider that says to be another tenant's provider gets none of its people", async () => {
  const [first, second] = [buildPrincipal(), buildPrincipal()];
  const domain = await proveDomain(iam, first.tenant!);
  const body = { title: 'Corp', settings: samlSettings, trustEmail: true, signUp: 'always' };
  const [own, foreign] = [await createProvider(iam, body, first), await createProvider(iam, body, second)];
  const person = { nameId: newId(), email: `${newId()}@${domain}` };
  const true_ = await answer((request) => respond(request, person), own);
  expect(errorOf(true_)).toBeUndefined();
  // Same entity id, key and subject: what it says of itself counts for its own people alone.
  const response = await answer((request) => respond(request, person), foreign);
  expect([errorOf(response), cookiesOf(response)]).toEqual(['federation.email_not_verified', '']);
});

test('counts two factors by the level of the assertion where the provider is trusted for it', async () => {
  const trusted = await createProvider(iam, {
    title: 'Corp',
    settings: { ...samlSettings, multiFactorValues: ['urn:corp:two-factors'] },
    trustEmail: true,
    trustMultiFactor: true,
  });
  const strong = async (level: string) => {
    const person = someone();
    await answer((request) => respond(request, { ...person, level }), trusted);
    const [row] = await iam.database.transaction(undefined, (transaction) =>
      transaction.rows<{ strong: boolean }>(
        `SELECT s.strong FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id WHERE u.email = $1`,
        [person.email],
      ),
    );
    return row!.strong;
  };
  expect([await strong('urn:corp:two-factors'), await strong('urn:corp:password')]).toEqual([true, false]);
});

test('shows its own metadata for a SAML provider, and for no other one', async () => {
  const { status, headers, body } = await iam.request('GET', `/auth/federation/${provider}/metadata`);
  expect([status, headers['content-type']]).toEqual([200, 'application/samlmetadata+xml']);
  expect(body).toContain(`entityID="${callbackBase}/${provider}/metadata"`);
  expect(body).toContain(`Location="${callbackBase}/${provider}/callback"`);
  expect(body).toContain('WantAssertionsSigned="true"');
  expect((await iam.request('GET', '/auth/federation/nobody/metadata')).status).toBe(404);
});

test("takes a provider's metadata, and signs in by what it says", async () => {
  const id = await createProvider(iam, {
    title: 'Corp',
    settings: { kind: 'saml', metadata: samlMetadata() },
    trustEmail: true,
  });
  expect(errorOf(await answer((request) => respond(request, someone()), id))).toBeUndefined();
});

test('attack: refuses metadata with a document type, and names what is missing in others', async () => {
  const create = (settings: object) =>
    iam.request('POST', '/identity-providers?realm=platform', {
      principal: buildPrincipal({ roles: ['platform_admin'] }),
      body: { title: 'Corp', settings: { kind: 'saml', ...settings } },
    });
  for (const text of [
    samlMetadata({ prefix: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' }),
    samlMetadata({ key: '' }),
    samlMetadata({ sso: '' }),
    samlMetadata().replace(samlEntityId, ''),
    'no XML',
    samlMetadata().repeat(2),
  ])
    expect((await create({ metadata: text })).body, text.slice(0, 80)).toMatchObject({
      code: 'identity_provider.metadata_invalid',
      errors: [{ path: '/settings/metadata' }],
    });
  expect((await create({})).body.errors.map(({ path }: { path: string }) => path)).toEqual([
    '/settings/entityId',
    '/settings/ssoUrl',
    '/settings/certificates',
  ]);
  expect((await create({ ...samlSettings, certificates: ['nonsense'] })).body.errors).toMatchObject([
    { path: '/settings/certificates/0' },
  ]);
});
