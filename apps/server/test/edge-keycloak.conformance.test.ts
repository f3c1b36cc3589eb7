import { Secret, verifyInternalToken } from '@plinth/common';
import { eventually, requirePeers } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EdgeBrowser } from './edge-browser.ts';
import { startKeycloakWorld, type KeycloakWorld, type Person } from './keycloak-world.ts';

const peers = requirePeers('keycloak');
const shop = 'http://shop.localhost';
const api = 'http://api.localhost';
const internalSecret = 'a-secret-of-the-platform-0123456789-abcdef';
const applications = [{ host: 'shop.localhost', query: 'application=shop&limit=1000' }];

/** A person's browser at Keycloak: its cookies, and its form for a password. */
class KeycloakVisit {
  readonly #cookies = new Map<string, string>();

  /** Opens an address of Keycloak; returns where that leads, or the address that its form goes to. */
  async open(url: string, form?: URLSearchParams): Promise<{ readonly location?: string; readonly form?: string }> {
    const answer = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const header of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (header.split(';')[0] ?? '').split(/=(.*)/s);
      if (/max-age=0/i.test(header)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) return { location };
    const action = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(await answer.text())?.[1];
    return action === undefined ? {} : { form: action.replaceAll('&amp;', '&') };
  }
}

describe.skipIf(peers.skip)('browsers that sign in at the edge with a real Keycloak', () => {
  let world: KeycloakWorld;
  let person: Person;
  let browser: EdgeBrowser;
  let visit: KeycloakVisit;

  beforeAll(async () => {
    world = await startKeycloakWorld(peers.paths.keycloak, (keycloak) => ({
      PLINTH_PUBLIC_URL: api,
      PLINTH_INTERNAL_SECRET: internalSecret,
      PLINTH_TRUSTED_PROXIES: 'loopback',
      PLINTH_SIGN_IN_ORIGINS: shop,
      PLINTH_SIGN_IN_ISSUER: keycloak.issuer,
      PLINTH_SIGN_IN_CLIENT_ID: 'saas-web',
    }));
    const [client] = (await (await world.keycloak.admin('GET', `/clients?clientId=${world.web}`)).json()) as [
      { readonly id: string; readonly redirectUris: string[]; readonly attributes: Record<string, string> },
    ];
    await world.keycloak.admin('PUT', `/clients/${client.id}`, {
      ...client,
      redirectUris: [...client.redirectUris, `${shop}/edge/callback`],
      attributes: {
        ...client.attributes,
        'backchannel.logout.url': `http://127.0.0.1:${world.platform.port}/edge/back-channel-logout`,
        'backchannel.logout.session.required': 'true',
      },
    });
    person = await world.addPerson(['platform_admin']);
  }, 300_000);
  afterAll(() => world?.stop());

  /** The way to the application, with a password at Keycloak. */
  async function signIn() {
    browser = new EdgeBrowser(world.platform.port, applications);
    visit = new KeycloakVisit();
    const asked = await browser.visit(`${shop}/things?a=1`, /\/protocol\/openid-connect\/auth/);
    const { form } = await visit.open(asked.url.href);
    const credentials = new URLSearchParams({ username: person.email, password: person.password });
    const { location } = await visit.open(form ?? '', credentials);
    return browser.visit(location ?? '');
  }

  test('the application gets the person, with the role that Keycloak gave them', async () => {
    const { url, answer } = await signIn();
    expect([url.href, answer.status]).toEqual([`${shop}/things?a=1`, 204]);
    const token = (answer.values('authorization')[0] ?? '').replace('Bearer ', '');
    const caller = verifyInternalToken(token, 'shop', new Secret(internalSecret), Date.now());
    expect(caller).toMatchObject({ kind: 'user', email: person.email, roles: ['platform_admin'] });
  });

  test('signing out ends the session at Keycloak too, which asks for the password again', async () => {
    await signIn();
    const out = await browser.open(`${shop}/edge/sign-out`);
    const back = await visit.open(out.values('location')[0] ?? '');
    expect((await browser.open(back.location ?? '')).values('location')).toEqual(['/']);
    const asked = await browser.visit(`${shop}/`, /\/protocol\/openid-connect\/auth/);
    expect((await visit.open(asked.url.href)).form).toBeDefined();
  });

  test('whom Keycloak signs out is signed out here within two seconds, by the back channel', async () => {
    await signIn();
    const second = await signIn().then(() => browser);
    expect((await second.open(`${shop}/things`)).status).toBe(204);
    await world.keycloak.admin('POST', `/users/${person.id}/logout`);
    const ended = Date.now();
    await eventually(async () => ((await second.open(`${shop}/things`)).status === 302 ? true : undefined));
    expect(Date.now() - ended).toBeLessThan(2000);
  });
});
