import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { oauth2Proxy } from '../../catalogue/02-auth/oauth2-proxy.ts';
import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { buildIngresses } from '../kubernetes/ingress.ts';
import { buildGatewayInput, buildRoute } from './gateway.builders.ts';
import { renderGatewayWith } from './gateway.ts';

const [container] = oauth2Proxy.containers;
const component = { name: 'sign-in', entry: oauth2Proxy, settings: {}, workloads: ['sign-in'], kubernetes: undefined };
const workload = { name: 'sign-in', kind: 'component', component: 'sign-in', ports: container.ports };
const tool = { name: 'kafka-ui', kind: 'component', component: 'kafka-ui', ports: [] };
const routes = [
  buildRoute({
    name: 'kafka-ui',
    host: 'kafka.shop.localhost',
    path: '/',
    workload: 'kafka-ui',
    port: 8080,
    kind: 'tool',
  }),
  buildRoute({
    name: 'sign-in',
    host: 'tools.shop.localhost',
    path: '/',
    workload: 'sign-in',
    port: 4180,
    kind: 'page',
  }),
];

/** A platform without core services, as far as gateways look at it. */
function withoutGateway(changes: Partial<ResolvedPlatform> = {}): Partial<ResolvedPlatform> {
  return { workloads: [tool, workload] as unknown as Workload[], components: [component], routes, ...changes };
}

function contentOf(path: string, changes = withoutGateway()): string {
  const artifact = renderGatewayWith(buildGatewayInput(changes), {}).find((candidate) => candidate.path === path);
  if (artifact === undefined) throw new Error(`${path} is not rendered`);
  return artifact.content;
}

const files = ['traefik/dynamic.yml', 'caddy/Caddyfile', 'nginx/nginx.conf', 'kong/kong.yml'];

test.each(files)('%s asks oauth2-proxy about tools, and nobody else', (file) => {
  expect(contentOf(file)).toContain('/oauth2/auth');
  expect(contentOf(file)).toContain('sign-in:4180');
  expect(contentOf(file)).not.toContain('/edge/verify?tool');
});

test.each(files)('%s asks the gateway of the platform where there is one', (file) => {
  const gateway = { name: 'gateway', kind: 'core', ports: [] };
  const both = withoutGateway({ workloads: [gateway, tool, workload] as unknown as Workload[] });
  expect(contentOf(file, both)).toContain(
    file === 'nginx/nginx.conf' ? '"tool=kafka-ui' : '/edge/verify?tool=kafka-ui',
  );
  expect(contentOf(file, both)).not.toContain('/oauth2/');
});

test.each(files)('%s asks somebody who is not there when nobody is, and lets nobody in', (file) => {
  const nobody = withoutGateway({ components: [] });
  expect(contentOf(file, nobody)).toContain('gateway:3000');
});

test('every gateway drops what clients say of themselves', () => {
  for (const file of files)
    for (const name of ['X-Auth-Request-User', 'X-Auth-Request-Email', 'X-Auth-Request-Groups'])
      expect([file, contentOf(file).includes(name)]).toEqual([file, true]);
});

test('Traefik has two routers for a tool that leave nothing between them, both of which ask', () => {
  const { http } = parse(contentOf('traefik/dynamic.yml'));
  const { 'kafka-ui': program, 'kafka-ui-page': page, 'sign-in': open } = http.routers;
  const opened = '(Method(`GET`) && HeaderRegexp(`Accept`, `text/html`))';
  expect([program.rule, page.rule]).toEqual([
    `Host(\`kafka.shop.localhost\`) && !${opened}`,
    `Host(\`kafka.shop.localhost\`) && ${opened}`,
  ]);
  expect([program.middlewares, page.middlewares, open.middlewares]).toEqual([
    ['headers', 'in-flight', 'signed-in'],
    ['headers', 'in-flight', 'sign-in'],
    ['headers', 'in-flight'],
  ]);
  expect(http.middlewares['signed-in'].forwardAuth).toMatchObject({
    address: 'http://sign-in:4180/oauth2/auth',
    trustForwardHeader: false,
    authResponseHeaders: ['X-Auth-Request-User', 'X-Auth-Request-Email', 'X-Auth-Request-Preferred-Username'],
  });
  expect(http.middlewares['sign-in'].forwardAuth.address).toBe('http://sign-in:4180/');
});

test('the labels of middlewares are on a container that there is', () => {
  const { services } = parse(contentOf('compose/traefik-labels.yml'));
  expect(Object.keys(services)).toEqual(['kafka-ui', 'sign-in']);
  expect(services['sign-in'].labels).toHaveProperty(['traefik.http.middlewares.signed-in.forwardAuth.address']);
  expect(services['kafka-ui'].labels).toMatchObject({
    'traefik.http.routers.kafka-ui-page.middlewares': 'headers,in-flight,sign-in',
    'traefik.http.routers.kafka-ui.middlewares': 'headers,in-flight,signed-in',
  });
});

test('Kong refuses unless oauth2-proxy says yes', () => {
  const { services } = parse(contentOf('kong/kong.yml'));
  const plugins = services[0].routes[0].plugins as { name: string; config: { access: string[] } }[];
  const script = plugins.at(-1)?.config.access[0] ?? '';
  expect(plugins.at(-1)?.name).toBe('post-function');
  expect(script).toContain('http://sign-in:4180');
  expect(script.indexOf('answer.status < 200 or answer.status >= 300')).toBeGreaterThan(0);
});

test('controllers of a cluster that can ask oauth2-proxy open tools, others do not', () => {
  const hosts = (ingressClass: string): string => {
    const cluster = { namespace: 'shop', ingressClass } as ResolvedPlatform['cluster'];
    const { platform } = buildGatewayInput(withoutGateway({ cluster, targets: ['kustomize'] }));
    return JSON.stringify(buildIngresses(platform));
  };
  for (const ingressClass of ['traefik', 'kong'])
    expect([ingressClass, hosts(ingressClass).includes('kafka.shop.localhost')]).toEqual([ingressClass, true]);
  for (const ingressClass of ['nginx', 'haproxy'])
    expect([ingressClass, hosts(ingressClass).includes('kafka.shop.localhost')]).toEqual([ingressClass, false]);
  const asked = parseAllDocuments(contentOf('kubernetes/traefik/middlewares.yaml')).map((document) => document.toJS());
  const addresses = asked.flatMap(({ spec }) => (spec.forwardAuth === undefined ? [] : [spec.forwardAuth.address]));
  expect(addresses.toSorted()).toEqual(['http://sign-in.shop.svc:4180/', 'http://sign-in.shop.svc:4180/oauth2/auth']);
});
