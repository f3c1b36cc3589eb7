import { startKeycloak } from '@plinth/testing';

const realm = 'corp';

export interface KeycloakPerson {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

/** What a browser holds after a person has signed in: an address to go to, or a form to post. */
export type BroughtBack =
  | { readonly url: URL }
  | { readonly action: string; readonly form: Readonly<Record<string, string>> };

export interface KeycloakBroker {
  readonly issuer: string;
  readonly metadataUrl: string;
  addClient(client: object): Promise<void>;
  addPerson(person: KeycloakPerson): Promise<void>;
  /** Goes there as a browser, signs the person in on Keycloak's page, and brings back what it answers. */
  signIn(url: string, person: KeycloakPerson): Promise<BroughtBack>;
  stop(): Promise<void>;
}

/** A real Keycloak as the identity provider of a company. `script`: `bin/kc.sh` of the distribution. */
export async function startKeycloakBroker(script: string): Promise<KeycloakBroker> {
  const content = JSON.stringify({ realm, enabled: true, sslRequired: 'none' });
  const keycloak = await startKeycloak({
    script,
    realm: { path: `${realm}.json`, content },
    options: ['--hostname-strict=false'],
  });
  const { base, issuer } = keycloak;
  return {
    issuer,
    metadataUrl: `${issuer}/protocol/saml/descriptor`,
    addClient: async (client) => void (await keycloak.admin('POST', '/clients', client)),
    addPerson: async ({ username, password, email, emailVerified }) =>
      void (await keycloak.admin('POST', '/users', {
        username,
        email,
        emailVerified,
        firstName: 'Ann',
        lastName: 'Keycloak',
        enabled: true,
        credentials: [{ type: 'password', value: password, temporary: false }],
      })),
    signIn: (url, person) => signIn(base, url, person),
    stop: () => keycloak.stop(),
  };
}

async function signIn(base: string, start: string, person: KeycloakPerson): Promise<BroughtBack> {
  const cookies = new Map<string, string>();
  let form: Record<string, string> | undefined;
  for (let url = start; ;) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    form = undefined;
    for (const header of response.headers.getSetCookie()) {
      const [name, value] = header.split(';')[0]!.split(/=(.*)/s);
      cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, url);
      if (next.origin !== base) return { url: next };
      url = next.href;
      continue;
    }
    const page = await response.text();
    const found = readForm(page, url);
    if (found === undefined) throw new Error(`${url} answered ${response.status}: ${page.slice(0, 2000)}`);
    if (!found.action.startsWith(base)) return found;
    url = found.action;
    form = {
      ...found.form,
      ...(page.includes('kc-form-login') ? { username: person.username, password: person.password } : {}),
    };
  }
}

function readForm(page: string, url: string): { action: string; form: Record<string, string> } | undefined {
  const action = /<form\b[^>]*\saction="([^"]*)"/i.exec(page)?.[1];
  if (action === undefined) return undefined;
  const fields = [...page.matchAll(/<input\b[^>]*>/gi)].flatMap(([input]) => {
    const [name, value] = ['name', 'value'].map(
      (attribute) => new RegExp(`\\s${attribute}="([^"]*)"`, 'i').exec(input)?.[1],
    );
    return name === undefined ? [] : [[name, decode(value ?? '')]];
  });
  return { action: new URL(decode(action), url).href, form: Object.fromEntries(fields) as Record<string, string> };
}

function decode(text: string): string {
  return text
    .replaceAll(/&#(x?)([0-9a-f]+);/gi, (_all, hex: string, code: string) =>
      String.fromCodePoint(parseInt(code, hex ? 16 : 10)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
