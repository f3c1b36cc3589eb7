import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errors, Provider } from 'oidc-provider';

/** Claims of a person at the provider, beside `sub`. */
export type PersonClaims = Readonly<Record<string, unknown>>;

/** A real OpenID provider, which signs in whom the test names. */
export interface OpenidUpstreamServer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Adds or replaces a person. `amr`, `acr`: how they sign in from now on. */
  setPerson(subject: string, claims: PersonClaims, proof?: { readonly amr?: string[]; readonly acr?: string }): void;
  /** Goes there as a browser in which the person is signed in; returns the address that it is sent back to. */
  visit(url: string, subject: string): Promise<URL>;
  stop(): Promise<void>;
}

const clientId = 'plinth';
const clientSecret = 'a client secret of a test';

export async function startOpenidUpstream(): Promise<OpenidUpstreamServer> {
  const people = new Map<string, { claims: PersonClaims; amr: string[]; acr: string | undefined }>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: ['http://localhost:3000/registered-below'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'amr', 'acr', 'email', 'email_verified', 'name', 'locale'], email: [], profile: [] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: async () => {
        const person = people.get(subject);
        return { sub: subject, ...person?.claims };
      },
    }),
    loadExistingGrant: async (context) => {
      const grant = new provider.Grant({
        accountId: context.oidc.session!.accountId!,
        clientId: context.oidc.client!.clientId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    cookies: { keys: ['a key of a test'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
  // Where people come back to is drawn by the service under test.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => uri.startsWith('http://localhost:3000/');
  const proofOf = (subject: string) => {
    const { amr, acr } = people.get(subject)!;
    return { amr, ...(acr === undefined ? {} : { acr }) };
  };
  const handle = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/sign-in/')) return void handle(request, response);
    const subject = String(request.headers['x-test-person']);
    provider
      .interactionFinished(request, response, { login: { accountId: subject, ...proofOf(subject) } })
      .catch((error: unknown) => response.writeHead(error instanceof errors.OIDCProviderError ? 400 : 500).end());
  });
  return {
    issuer,
    clientId,
    clientSecret,
    setPerson: (subject, claims, { amr = ['pwd'], acr } = {}) => void people.set(subject, { claims, amr, acr }),
    visit: (url, subject) => visit(url, subject, issuer),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function visit(start: string, subject: string, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>();
  for (let url = start; ;) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        'x-test-person': subject,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const header of response.headers.getSetCookie()) {
      const [name, value] = header.split(';')[0]!.split(/=(.*)/s);
      cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
    if (!url.startsWith(issuer)) return new URL(url);
  }
}
