import { newId } from '@plinth/common';
import { requirePeers, startTestServer, type ServiceUnderTest, type TestServer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIam } from '../../test/builders.ts';
import {
  callbackBase,
  comeBack,
  cookiesOf,
  createProvider,
  errorOf,
  operator,
  postBack,
  sessionFrom,
  start,
} from '../../test/federation-world.ts';
import { startKeycloakBroker, type KeycloakBroker, type KeycloakPerson } from '../../test/keycloak-broker.ts';

const peers = requirePeers('keycloak');

describe.skipIf(peers.skip)('a company that signs its people in by Keycloak', () => {
  let postgres: TestServer;
  let iam: ServiceUnderTest;
  let keycloak: KeycloakBroker;
  beforeAll(async () => {
    postgres = await startTestServer();
    iam = await startIam({ postgresUrl: postgres.url });
    keycloak = await startKeycloakBroker(peers.paths.keycloak);
  });
  afterAll(async () => {
    await keycloak?.stop();
    await iam?.stop();
    await postgres?.stop();
  });

  async function addPerson(emailVerified = true): Promise<KeycloakPerson> {
    const name = newId();
    const person = { username: name, email: `${name}@corp.test`, emailVerified, password: 'correct horse battery' };
    await keycloak.addPerson(person);
    return person;
  }

  async function addOpenid(): Promise<string> {
    const clientId = newId();
    const secret = 'the-secret-of-plinth-at-keycloak';
    const id = await createProvider(iam, {
      title: 'Corp',
      settings: { kind: 'oidc', issuer: keycloak.issuer, clientId, clientSecret: secret },
    });
    await keycloak.addClient({
      clientId,
      secret,
      publicClient: false,
      standardFlowEnabled: true,
      redirectUris: [`${callbackBase}/${id}/callback`],
    });
    return id;
  }

  async function addSaml(attributes: object = {}): Promise<string> {
    const settings = { kind: 'saml', metadataUrl: keycloak.metadataUrl };
    const id = await createProvider(iam, { title: 'Corp', trustEmail: true, settings });
    const mapper = (property: string, name: string) => ({
      name,
      protocol: 'saml',
      protocolMapper: 'saml-user-property-mapper',
      config: { 'user.attribute': property, 'attribute.name': name, 'attribute.nameformat': 'Basic' },
    });
    await keycloak.addClient({
      clientId: `${callbackBase}/${id}/metadata`,
      protocol: 'saml',
      redirectUris: [`${callbackBase}/${id}/callback`],
      attributes: {
        'saml.assertion.signature': 'true',
        'saml.server.signature': 'false',
        'saml.client.signature': 'false',
        'saml.force.post.binding': 'true',
        'saml.authnstatement': 'true',
        'saml.signature.algorithm': 'RSA_SHA256',
        saml_name_id_format: 'persistent',
        saml_force_name_id_format: 'true',
        ...attributes,
      },
      protocolMappers: [mapper('email', 'email'), mapper('firstName', 'givenName'), mapper('lastName', 'sn')],
    });
    return id;
  }

  async function signInByOpenid(id: string, person: KeycloakPerson) {
    const { location, cookies } = await start(iam, id);
    const back = await keycloak.signIn(location, person);
    if (!('url' in back)) throw new Error('Keycloak posted a form');
    return comeBack(iam, back.url, cookies);
  }

  async function signInBySaml(id: string, person: KeycloakPerson) {
    const { location, cookies } = await start(iam, id);
    const back = await keycloak.signIn(location, person);
    if (!('action' in back)) throw new Error(`Keycloak redirected to ${back.url.href}`);
    expect(back.action).toBe(`${callbackBase}/${id}/callback`);
    const { SAMLResponse = '', RelayState = '' } = back.form;
    return {
      response: await postBack(iam, id, { SAMLResponse, RelayState }, cookies),
      form: { SAMLResponse, RelayState },
    };
  }

  test('signs people in by OpenID Connect, and knows them again', async () => {
    const id = await addOpenid();
    const person = await addPerson();
    const { user, session } = await sessionFrom(iam, await signInByOpenid(id, person));
    expect(user).toMatchObject({ email: person.email, name: 'Ann Keycloak', emailVerified: true });
    expect(session.methods).toEqual(['fed']);
    expect((await sessionFrom(iam, await signInByOpenid(id, person))).user.id).toBe(user.id);
  });

  test('does not take an address that Keycloak has not verified', async () => {
    const id = await addOpenid();
    expect(errorOf(await signInByOpenid(id, await addPerson(false)))).toBe('federation.email_not_verified');
  });

  test('signs people in by SAML with an assertion that Keycloak signed, once', async () => {
    const id = await addSaml();
    const person = await addPerson();
    const { response } = await signInBySaml(id, person);
    expect(errorOf(response)).toBeUndefined();
    const { user } = await sessionFrom(iam, response);
    expect(user).toMatchObject({ email: person.email, name: 'Ann Keycloak', emailVerified: true });
    const again = await signInBySaml(id, person);
    expect((await sessionFrom(iam, again.response)).user.id).toBe(user.id);
    const other = await start(iam, id);
    expect(errorOf(await postBack(iam, id, again.form, other.cookies))).toBe('federation.flow_unknown');
  });

  test('takes a response that is signed around a signed assertion', async () => {
    const id = await addSaml({ 'saml.server.signature': 'true' });
    expect(errorOf((await signInBySaml(id, await addPerson())).response)).toBeUndefined();
  });

  test('attack: refuses what Keycloak signed around an unsigned assertion, and what was changed in a signed one', async () => {
    const unsigned = await addSaml({ 'saml.assertion.signature': 'false', 'saml.server.signature': 'true' });
    const { response } = await signInBySaml(unsigned, await addPerson());
    expect([errorOf(response), cookiesOf(response)]).toEqual(['federation.refused', '']);
    const id = await addSaml();
    const [person, victim] = [await addPerson(), await addPerson()];
    const { location, cookies } = await start(iam, id);
    const back = await keycloak.signIn(location, person);
    if (!('form' in back)) throw new Error('Keycloak posted no form');
    const xml = Buffer.from(back.form['SAMLResponse']!, 'base64').toString('utf8');
    expect(xml).toContain(person.email);
    const SAMLResponse = Buffer.from(xml.replaceAll(person.email, victim.email)).toString('base64');
    const changed = await postBack(iam, id, { SAMLResponse, RelayState: back.form['RelayState']! }, cookies);
    expect([errorOf(changed), cookiesOf(changed)]).toEqual(['federation.refused', '']);
  });

  test('says that both connections work, and that another realm is not the one of the settings', async () => {
    const tryOut = async (id: string) =>
      (await iam.request('POST', `/identity-providers/${id}/test?realm=platform`, { principal: operator })).body;
    expect(await tryOut(await addOpenid())).toMatchObject({ ok: true });
    expect(await tryOut(await addSaml())).toMatchObject({ ok: true });
    const settings = { kind: 'oidc', issuer: `${keycloak.issuer}-other`, clientId: 'a', clientSecret: 'b' };
    expect(await tryOut(await createProvider(iam, { title: 'a', settings }))).toMatchObject({ ok: false });
  });
});
