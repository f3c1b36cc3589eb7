import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { renderedBy } from '../yaml.ts';
import { buildGatewayInput, buildRoute, sampleRoutes } from './gateway.builders.ts';
import { kong as kongEntry } from '../../catalogue/01-gateway/kong.ts';
import { renderGateway, renderGatewayWith } from './gateway.ts';

const production = {
  environment: 'production',
  scheme: 'https',
  corsOrigins: ['https://app.example.com'],
  tls: { email: 'ops@example.com', challenge: 'http-01' },
} as const;

function contentOf(path: string, changes: Parameters<typeof buildGatewayInput>[0] = {}): string {
  const artifact = renderGatewayWith(buildGatewayInput(changes), {}).find((candidate) => candidate.path === path);
  if (artifact === undefined) throw new Error(`${path} is not rendered`);
  return artifact.content;
}

/** Host and path of every route, as a gateway's own file says them. */
const expected = [
  ...sampleRoutes.map(({ host, path }) => `${host}${path}`),
  // Where people sign in: on every host that asks who comes.
  ...['api', 'api-chat', 'kafka-ui'].map((label) => `${label}.shop.localhost/edge`),
].toSorted();

test('Traefik has exactly the hosts and paths of the platform', () => {
  const { http } = parse(contentOf('traefik/dynamic.yml'));
  const found = Object.values<{ rule: string }>(http.routers).map(({ rule }) => {
    const [positive = ''] = rule.split(' && !');
    return `${/Host\(`([^`]+)`\)/.exec(positive)?.[1]}${/Path\(`([^`]+)`\)/.exec(positive)?.[1] ?? '/'}`;
  });
  expect(found.toSorted()).toEqual(expected);
  expect(Object.keys(http.services).toSorted()).toEqual(Object.keys(http.routers).toSorted());
});

test('every middleware and transport that Traefik names is defined, and none is idle', () => {
  const { http } = parse(contentOf('traefik/dynamic.yml'));
  const routers = Object.values<{ middlewares: string[] }>(http.routers);
  expect([...new Set(routers.flatMap(({ middlewares }) => middlewares))].toSorted()).toEqual(
    Object.keys(http.middlewares).toSorted(),
  );
  for (const { loadBalancer } of Object.values<{ loadBalancer: { serversTransport: string } }>(http.services))
    expect(Object.keys(http.serversTransports)).toContain(loadBalancer.serversTransport);
});

test('Caddy has exactly the hosts and paths of the platform', () => {
  const text = contentOf('caddy/Caddyfile');
  const sites = text
    .split(/^(?=http:\/\/)/m)
    .filter((part) => part.startsWith('http://') && !part.startsWith('http://:'));
  const found = sites.flatMap((site) => {
    const host = /^http:\/\/(\S+)/.exec(site)?.[1];
    const paths = [...site.matchAll(/@(\S+) path (\S+) \2\/\*/g)].filter(([, name]) => !name?.includes('-blocked-'));
    const rest = /^\t\thandle \{/m.test(site) ? ['/'] : [];
    return [...paths.map(([, , path]) => `${host}${path}`), ...rest.map((path) => `${host}${path}`)];
  });
  expect(found.toSorted()).toEqual(expected);
});

test('nginx has exactly the hosts and paths of the platform, longest first', () => {
  const text = contentOf('nginx/nginx.conf');
  const servers = text.split(/^ {2}(?=server \{)/m).filter((part) => /server_name [^_]/.test(part));
  const found = servers.flatMap((server) => {
    const host = /server_name (\S+);/.exec(server)?.[1];
    const locations = [...server.matchAll(/^ {4}location (?:~ \^(\S+)\(\/\|\$\)|(\/)) \{\n {6}client_max_body_size/gm)];
    return locations.map(([, path, root]) => `${host}${path?.replaceAll('\\', '') ?? root}`);
  });
  expect(found.toSorted()).toEqual(expected);
  expect(text.indexOf('^/api/v1/usage/events(')).toBeLessThan(text.indexOf('^/api/v1/usage('));
});

test('Kong has exactly the hosts and paths of the platform', () => {
  const { services } = parse(contentOf('kong/kong.yml'));
  const found = services.map(({ routes: [route] }: { routes: { hosts: string[]; paths: string[] }[] }) => {
    const path = route?.paths[0] ?? '';
    return `${route?.hosts[0]}${path === '/' ? '/' : path.replace(/^~/, '').replace('(?:/|$)', '').replaceAll('\\', '')}`;
  });
  expect(found.toSorted()).toEqual(expected);
});

test('resources for Kubernetes have exactly the hosts and paths of the platform', () => {
  const ingresses = parseAllDocuments(contentOf('kubernetes/kong/ingresses.yaml')).map((document) => document.toJS());
  const paths = ingresses
    .filter(({ metadata }) => !metadata.name.endsWith('-blocked'))
    .map(
      ({
        spec: {
          rules: [rule],
        },
      }) => `${rule.host}${rule.http.paths[0].path.replace(/^\/~/, '').replace('(?:/|$)', '').replaceAll('\\', '')}`,
    );
  expect(paths.toSorted()).toEqual(expected);
  const routes = parseAllDocuments(contentOf('kubernetes/traefik/ingress-routes.yaml')).flatMap((document) =>
    document.toJS().spec.routes.map(({ match }: { match: string }) => match),
  );
  const rules = Object.values<{ rule: string }>(parse(contentOf('traefik/dynamic.yml')).http.routers).map(
    ({ rule }) => rule,
  );
  expect(routes.toSorted()).toEqual(rules.toSorted());
});

test('every gateway blocks the paths that are for the inside only', () => {
  for (const path of ['/edge/verify', '/internal', '/metrics']) {
    expect(contentOf('traefik/dynamic.yml')).toContain(`!(Path(\`${path}\`) || PathPrefix(\`${path}/\`))`);
    expect(contentOf('caddy/Caddyfile')).toMatch(new RegExp(`@[\\w-]+-blocked-\\d path ${path} ${path}/\\*`));
    expect(contentOf('nginx/nginx.conf')).toContain(`location ~ ^${path}(/|$) {\n      return 404;`);
    expect(contentOf('kong/kong.yml')).toContain(`~${path}(?:/|$)`);
  }
});

test('the gateway process hides its question even when the description forgets to', () => {
  const routes = [buildRoute({ name: 'gateway', path: '/', workload: 'gateway', kind: 'page', blockedPaths: [] })];
  expect(contentOf('nginx/nginx.conf', { routes })).toContain('location ~ ^/edge/verify(/|$) {');
});

test('hosts lead to the sign-in where somebody asks who comes, and nowhere else', () => {
  const upstreams = (text: string): string[] =>
    Object.values<{ rule: string; service: string }>(parse(text).http.routers)
      .filter(({ rule }) => rule.includes('Path(`/edge`)'))
      .map(({ service }) => service)
      .toSorted();
  expect(upstreams(contentOf('traefik/dynamic.yml'))).toEqual([
    'sign-in-at-api',
    'sign-in-at-api-chat',
    'sign-in-at-kafka-ui',
  ]);
  expect(contentOf('nginx/nginx.conf')).toContain('if ($plinth_status = 302) { return 302 $plinth_location; }');
  const { services } = parse(contentOf('kong/kong.yml'));
  const signIn = services.find(({ name }: { name: string }) => name === 'sign-in-at-api-chat');
  expect([signIn.host, signIn.routes[1].paths]).toEqual(['gateway', ['~/edge/verify(?:/|$)']]);
  // Its blocked paths win over everything, so that none of them may be the way to the sign-in.
  const blocked = services.flatMap(({ routes }: { routes: { paths: string[] }[] }) => routes[1]?.paths ?? []);
  expect(blocked).not.toContain('~/edge(?:/|$)');
});

test('services are asked for by name, applications with their limit, tools with their role, pages not at all', () => {
  const { http } = parse(contentOf('traefik/dynamic.yml'));
  const asked = Object.entries<{ forwardAuth?: { address: string } }>(http.middlewares)
    .filter(([name]) => name.startsWith('verify-'))
    .map(([, { forwardAuth }]) => forwardAuth?.address.split('?')[1]);
  expect(asked.toSorted()).toEqual([
    'application=chat-api&limit=100',
    'service=iam',
    'service=metering',
    'service=metering',
    'tool=kafka-ui&role=platform_admin',
  ]);
});

test('over HTTPS every gateway sends people there, keeps them there and gets certificates where it can', () => {
  expect(contentOf('traefik/traefik.yml', production)).toContain('httpChallenge');
  expect(contentOf('caddy/Caddyfile', production)).toContain('email ops@example.com');
  expect(contentOf('nginx/nginx.conf', production)).toContain('return 308 https://$host$request_uri;');
  for (const path of ['traefik/dynamic.yml', 'caddy/Caddyfile', 'nginx/nginx.conf', 'kong/kong.yml'])
    expect(contentOf(path, production)).toContain('max-age=31536000; includeSubDomains; preload');
  expect(contentOf('traefik/dynamic.yml')).not.toContain('max-age=31536000');
  const dns = {
    ...production,
    tls: { email: 'ops@example.com', challenge: 'dns-01', dnsProvider: 'hetzner' },
  } as const;
  expect(parse(contentOf('traefik/traefik.yml', dns)).certificatesResolvers.platform.acme.dnsChallenge).toEqual({
    provider: 'hetzner',
  });
});

test('Traefik has no interface of its own, and believes no forwarded header', () => {
  const settings = parse(contentOf('traefik/traefik.yml', production));
  expect(settings.api).toBeUndefined();
  expect(settings.entryPoints.websecure.forwardedHeaders).toBeUndefined();
});

test('every file says what made it, and the same platform gives the same bytes', () => {
  const first = renderGatewayWith(buildGatewayInput(production), {});
  for (const { content } of first) expect(content.split('\n')[0]).toBe(`# ${renderedBy}`);
  const shuffled = buildGatewayInput({ ...production, routes: [...sampleRoutes].reverse() });
  expect(renderGatewayWith(shuffled, {})).toEqual(first);
});

test('a platform without routes has no gateway files', () => {
  expect(renderGatewayWith(buildGatewayInput({ routes: [] }), {})).toEqual([]);
});

test('addresses of services can be given', () => {
  const [caddy] = renderGatewayWith(buildGatewayInput(), { upstreams: { metering: '127.0.0.1:4711' } });
  expect(caddy?.content).toContain('reverse_proxy 127.0.0.1:4711');
});

test('lets a Kong behind another edge verify, count and pass on', () => {
  const platform = buildGatewayInput().platform;
  const kong = { name: 'kong', entry: kongEntry, settings: {}, workloads: ['kong'], kubernetes: undefined };
  const input = buildGatewayInput({ components: [...platform.components, kong], edge: 'caddy' });
  const [caddyfile] = renderGatewayWith(input, {}).filter(({ path }) => path === 'caddy/Caddyfile');
  const [kongFile] = renderGatewayWith(input, {}).filter(({ path }) => path === 'kong/kong.yml');
  expect(caddyfile?.content).toContain('kong:8000');
  expect(caddyfile?.content).not.toContain('service=metering');
  expect(kongFile?.content).toContain('metering');
  expect(kongFile?.content).not.toContain('kong:8000');
});

test('renders the gateways that the platform has, and no other', () => {
  const folders = (changes: Parameters<typeof buildGatewayInput>[0]) => [
    ...new Set(renderGateway(buildGatewayInput(changes)).map(({ path }) => path.split('/')[0])),
  ];
  expect(folders({ edge: 'caddy', components: [], targets: ['compose', 'gateway'] })).toEqual(['caddy']);
  expect(folders({ edge: 'kong', components: [], targets: ['helm', 'gateway'] })).toEqual(['kong', 'kubernetes']);
});
