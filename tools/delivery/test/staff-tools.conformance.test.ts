import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFreePort, requirePeers, startPeer, type RunningPeer } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ResolvedPlatform } from '../src/model/platform-model.ts';
import { renderGatewayWith } from '../src/render/gateway/gateway.ts';
import { renderRealm } from '../src/render/realm/realm.ts';
import { EdgeBrowser, type EdgeAnswer, type EdgeRequest } from './edge-browser.ts';
import { loadExample } from './example-platforms.ts';
import { startAnswerer, type Answerer } from './http-answerer.ts';
import { startIdentityProvider, type IdentityProvider, type Person, type RealmClient } from './identity-provider.ts';
import { startKeycloak, type KeycloakServer } from './keycloak-server.ts';
import { startSignInProxy } from './sign-in-proxy.ts';

const clientSecret = 'the-secret-of-the-tools';
const ada = { subject: 'id-of-ada', email: 'ada@example.com', name: 'ada', roles: ['user', 'platform_admin'] };
const bob = { subject: 'id-of-bob', email: 'bob@example.com', name: 'bob', roles: ['user'] };
const tool = 'http://kafka.lab.example.com';
const forged = {
  'x-auth-request-user': 'root',
  'x-auth-request-email': 'root@example.com',
  'x-auth-request-groups': 'platform_admin',
  'x-forwarded-user': 'root',
};

/** What a tool is asked; `user` is what it believes of whoever asks. */
interface Seen {
  readonly host: string;
  readonly path: string;
  readonly user: readonly (string | undefined)[];
}

let tools: Answerer & { readonly seen: Seen[] };
let provider: IdentityProvider;
let signIn: Answerer;
let platform: ResolvedPlatform;

beforeAll(async () => {
  platform = overHttp((await loadExample('home-lab')).platform);
  const { clients } = JSON.parse(realmOf(platform).content) as { clients: RealmClient[] };
  const client = clients.find(({ clientId }) => clientId === 'home-lab-tools');
  if (client === undefined) throw new Error('the realm has no client for tools');
  tools = await startTools();
  provider = await startIdentityProvider(platform.identity.issuer, client, clientSecret);
  signIn = await startSignInProxy(settingsOf('oauth2-proxy', provider.address), clientSecret);
});
afterAll(() => Promise.all([tools, provider, signIn].map((server) => server?.stop())));

/** Certificates are not what is tested here. */
function overHttp(given: ResolvedPlatform): ResolvedPlatform {
  return JSON.parse(
    JSON.stringify({ ...given, scheme: 'http', tls: undefined }).replaceAll('https://', 'http://'),
  ) as ResolvedPlatform;
}

function realmOf(given: ResolvedPlatform): { readonly path: string; readonly content: string } {
  const [realm] = renderRealm({ platform: given, environments: [given] });
  if (realm === undefined) throw new Error('no realm was rendered');
  return realm;
}

/** The rendered variables of a container; `keycloak`: where that is on this machine. */
function settingsOf(workload: string, keycloak: string): Record<string, string> {
  const variables = platform.workloads.find(({ name }) => name === workload)?.variables ?? [];
  return Object.fromEntries(variables.map(({ name, value = '' }) => [name, value.replace('keycloak:8080', keycloak)]));
}

async function startTools(): Promise<Answerer & { readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const answerer = await startAnswerer(({ url = '', headers }, response) => {
    const user = Object.keys(forged).map((name) => headers[name]?.toString());
    // Health checks of the edge have no such host.
    if (headers.host?.endsWith('.lab.example.com') === true) seen.push({ host: headers.host, path: url, user });
    // A tool may refuse for reasons of its own, which are no business of the edge.
    response.writeHead(url === '/refused' ? 401 : 200).end(JSON.stringify({ path: url, user }));
  });
  return { ...answerer, seen };
}

const caddy = requirePeers('caddy');
const nginx = requirePeers('nginx');
const traefik = requirePeers('traefik');
const edges = [
  { name: 'Caddy', skip: caddy.skip, path: caddy.paths.caddy, files: ['run', '--config', 'caddy/Caddyfile'] },
  { name: 'nginx', skip: nginx.skip, path: nginx.paths.nginx, files: ['-g', 'daemon off;', '-c', 'nginx/nginx.conf'] },
  { name: 'Traefik', skip: traefik.skip, path: traefik.paths.traefik, files: ['--configFile', 'traefik/traefik.yml'] },
];

/** The gateway with what is rendered for the platform; `proxy`: address of its oauth2-proxy. */
async function startEdge(
  edge: (typeof edges)[number],
  proxy: string,
  keycloak = provider.address,
): Promise<RunningPeer & { port: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-staff-tools-'));
  const [port, admin, own] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const others = platform.workloads.map(({ name }) => [name, tools.address]);
  const artifacts = renderGatewayWith(
    { platform, environments: [platform] },
    {
      upstreams: { ...Object.fromEntries(others), keycloak, 'oauth2-proxy': proxy },
      ports: { http: port, admin, caddy: own },
      folder: join(folder, 'traefik'),
      accessLog: join(folder, 'access.log'),
    },
  );
  for (const { path, content } of artifacts) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const files = edge.files.map((file) => (file.includes('/') ? join(folder, file) : file));
  const peer = await startPeer(edge.path, edge.name === 'nginx' ? [...files, '-p', folder] : files, {
    cwd: folder,
    // Traefik is there before its routes are.
    waitFor: async () => (await new EdgeBrowser(port).send('http://grafana.lab.example.com/')).status === 200,
  });
  tools.seen.length = 0;
  const stop = async () => {
    // Traefik would keep its ports open for seconds.
    await (edge.name === 'Traefik' ? peer.kill() : peer.stop());
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  };
  return { ...peer, port, stop };
}

describe.each(edges)('tools behind $name and a sign-in proxy', (named) => {
  let edge: RunningPeer & { port: number };
  let browser: EdgeBrowser;
  beforeAll(async () => {
    if (!named.skip) edge = await startEdge(named, signIn.address);
  }, 60_000);
  afterAll(() => edge?.stop());
  beforeEach(() => {
    browser = new EdgeBrowser(edge?.port ?? 0);
    provider.signsIn(ada);
    tools.seen.length = 0;
  });

  test.skipIf(named.skip)('leads a browser to the provider, and shows the tool nothing of it', async () => {
    const answer = await browser.send(`${tool}/`);
    const location = new URL(String(answer.headers['location']));
    expect(answer.status).toBe(302);
    expect(location.host + location.pathname).toBe(
      'auth.lab.example.com/realms/home-lab-production/protocol/openid-connect/auth',
    );
    expect(location.searchParams.get('redirect_uri')).toBe('http://tools.lab.example.com/oauth2/callback');
    expect(tools.seen).toEqual([]);
  });

  test.skipIf(named.skip)('refuses everything that is not a browser opening a page', async () => {
    const requests: EdgeRequest[] = [
      { headers: { accept: 'application/json' } },
      { headers: { accept: '*/*' } },
      { method: 'POST' },
      { method: 'OPTIONS', headers: { origin: tool, 'access-control-request-method': 'GET' } },
      { headers: { accept: '*/*', cookie: '_home-lab_production_tools=made-up' } },
      { headers: { accept: '*/*', authorization: 'Bearer made.up.token', ...forged } },
    ];
    for (const sent of requests) expect([sent, (await browser.send(`${tool}/`, sent)).status]).toEqual([sent, 401]);
    expect(tools.seen).toEqual([]);
  });

  test.skipIf(named.skip)('brings whoever signs in back to the page, and the tool knows the name', async () => {
    const page = `${tool}/topics/a%2Fb?size=10&rd=http%3A%2F%2Fgrafana.lab.example.com%2F&q=%C3%A9`;
    const answer = await browser.open(page);
    expect([answer.status, answer.url]).toEqual([200, page]);
    expect(tools.seen).toEqual([
      {
        host: 'kafka.lab.example.com',
        path: page.slice(tool.length),
        user: [ada.subject, ada.email, undefined, undefined],
      },
    ]);
  });

  test.skipIf(named.skip)('needs one sign-in for all tools, and passes their own refusals on', async () => {
    await browser.open(`${tool}/`);
    const program = { headers: { accept: 'application/json' } };
    expect((await browser.send('http://prometheus.lab.example.com/api', program)).status).toBe(200);
    expect((await browser.send('http://prometheus.lab.example.com/', { method: 'POST' })).status).toBe(200);
    expect((await browser.send(`${tool}/refused`)).status).toBe(401);
  });

  test.skipIf(named.skip)('believes nobody who names himself, signed in or not', async () => {
    await browser.open(`${tool}/`);
    tools.seen.length = 0;
    for (const accept of ['text/html', '*/*']) await browser.send(`${tool}/`, { headers: { ...forged, accept } });
    await browser.send('http://grafana.lab.example.com/', { headers: forged });
    expect(tools.seen.map(({ user }) => user)).toEqual([
      [ada.subject, ada.email, undefined, undefined],
      [ada.subject, ada.email, undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ]);
  });

  test.skipIf(named.skip)('lets nobody in who has not the role', async () => {
    provider.signsIn(bob);
    const answer = await browser.open(`${tool}/`);
    expect([answer.status, new URL(answer.url).host]).toEqual([403, 'tools.lab.example.com']);
    expect((await browser.send(`${tool}/`)).status).toBe(302);
    expect(tools.seen).toEqual([]);
  });

  test.skipIf(named.skip)('lets nobody in when oauth2-proxy is away, or in trouble', async () => {
    const broken = await startAnswerer((_request, response) => void response.writeHead(500).end());
    for (const address of [`127.0.0.1:${await findFreePort()}`, broken.address]) {
      const alone = await startEdge(named, address);
      const lost = new EdgeBrowser(alone.port);
      for (const accept of ['text/html', '*/*'])
        expect((await lost.send(`${tool}/`, { headers: { accept } })).status).toBeGreaterThanOrEqual(500);
      await alone.stop();
    }
    await broken.stop();
    expect(tools.seen).toEqual([]);
  });
});

const keycloak = requirePeers('keycloak');
describe.skipIf(keycloak.skip || caddy.skip)('tools behind a sign-in proxy and a real Keycloak', () => {
  let server: KeycloakServer;
  let proxy: Answerer;
  let edge: RunningPeer & { port: number };
  const password = 'correct horse battery staple';

  beforeAll(async () => {
    const rendered = settingsOf('keycloak', '');
    const kept = ['KC_HOSTNAME', 'KC_HOSTNAME_BACKCHANNEL_DYNAMIC', 'KC_PROXY_HEADERS'];
    const environment = Object.fromEntries(kept.map((name) => [name, rendered[name] ?? '']));
    server = await startKeycloak({
      script: keycloak.paths.keycloak,
      realm: realmOf(platform),
      environment: { ...environment, OAUTH2_PROXY_CLIENT_SECRET: clientSecret },
    });
    await Promise.all([ada, bob].map((person) => server.addPerson(person, password)));
    proxy = await startSignInProxy(settingsOf('oauth2-proxy', server.address), clientSecret);
    edge = await startEdge(edges[0]!, proxy.address, server.address);
  }, 300_000);
  afterAll(() => Promise.all([edge, proxy, server].map((started) => started?.stop())));

  async function signInAs(person: Person, url: string): Promise<EdgeAnswer> {
    const browser = new EdgeBrowser(edge.port);
    const page = await browser.open(url);
    const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
    if (action === undefined) throw new Error(`no form at ${page.url}: ${page.status} ${page.text}`);
    return browser.open(action, { form: { username: person.name, password } });
  }

  test('lets in who has the role, back at the page', async () => {
    const answer = await signInAs(ada, `${tool}/topics?size=10`);
    expect([answer.status, answer.url]).toEqual([200, `${tool}/topics?size=10`]);
    expect(tools.seen.at(-1)?.user[1]).toBe(ada.email);
  });

  test('lets nobody in who has not the role', async () => {
    tools.seen.length = 0;
    const answer = await signInAs(bob, `${tool}/`);
    expect([answer.status, new URL(answer.url).host]).toEqual([403, 'tools.lab.example.com']);
    expect(tools.seen).toEqual([]);
  });
});
