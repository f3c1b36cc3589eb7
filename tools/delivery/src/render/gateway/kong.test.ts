import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { buildGatewayInput } from './gateway.builders.ts';
import { renderGatewayWith } from './gateway.ts';

interface Plugin {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface Entity {
  readonly name: string;
  readonly plugins?: readonly Plugin[];
  readonly routes?: readonly Entity[];
  readonly [field: string]: unknown;
}

function artifact(path: string): string {
  return renderGatewayWith(buildGatewayInput(), {}).find((candidate) => candidate.path === path)?.content ?? '';
}

// Fields of Kong 3.x: kong/db/schema/entities/{services,routes}.lua.
const serviceFields = [
  'name',
  'protocol',
  'host',
  'port',
  'connect_timeout',
  'read_timeout',
  'write_timeout',
  'retries',
  'tags',
  'routes',
];
const routeFields = [
  'name',
  'hosts',
  'paths',
  'protocols',
  'strip_path',
  'preserve_host',
  'path_handling',
  'regex_priority',
  'https_redirect_status_code',
  'plugins',
];
// Bundled plugins and their configuration: kong/plugins/<name>/schema.lua.
const pluginFields: Readonly<Record<string, readonly string[]>> = {
  cors: ['origins', 'methods', 'headers', 'exposed_headers', 'credentials', 'max_age', 'preflight_continue'],
  'correlation-id': ['header_name', 'generator', 'echo_downstream'],
  'request-transformer': ['remove'],
  'response-transformer': ['remove', 'replace', 'add'],
  'request-size-limiting': ['allowed_payload_size', 'size_unit', 'require_content_length'],
  'request-termination': ['status_code', 'content_type', 'body'],
  'post-function': ['access', 'header_filter'],
};

const services: Entity[] = parse(artifact('kong/kong.yml'), { uniqueKeys: true }).services;
const routes = services.flatMap((service) => service.routes ?? []);

test('the file is of the current format and uses fields that Kong has', () => {
  expect(parse(artifact('kong/kong.yml'))._format_version).toBe('3.0');
  for (const service of services) expect(serviceFields).toEqual(expect.arrayContaining(Object.keys(service)));
  for (const route of routes) {
    expect(routeFields).toEqual(expect.arrayContaining(Object.keys(route)));
    for (const { name, config } of route.plugins ?? [])
      expect([name, pluginFields[name]]).toEqual([name, expect.arrayContaining(Object.keys(config))]);
  }
});

test('names of services and routes are unique, and no route has two plugins of one name', () => {
  for (const names of [services, routes].map((entities) => entities.map(({ name }) => name)))
    expect(names).toEqual([...new Set(names)]);
  for (const { plugins = [] } of routes) {
    const names = plugins.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  }
});

test('no route that must be asked about goes without, and CORS never lets everybody in', () => {
  const asking = routes.filter(({ plugins = [] }) => plugins.some(({ name }) => name === 'post-function'));
  expect(asking.map(({ name }) => name).toSorted()).toEqual([
    'chat-api',
    'iam-auth',
    'kafka-ui',
    'metering-usage',
    'metering-usage-events',
  ]);
  for (const { plugins = [] } of routes)
    for (const { name, config } of plugins) if (name === 'cors') expect(config['origins']).not.toContain('*');
});

test('the annotation of an Ingress is one list, of plugins that are there', () => {
  const defined = parseAllDocuments(artifact('kubernetes/kong/plugins.yaml')).map((document) => document.toJS());
  const names = defined.map(({ metadata }) => metadata.name);
  expect(names).toEqual([...new Set(names)]);
  const used = parseAllDocuments(artifact('kubernetes/kong/ingresses.yaml')).flatMap((document) => {
    expect(document.errors).toEqual([]);
    return String(document.toJS().metadata.annotations['konghq.com/plugins']).split(',');
  });
  expect([...new Set(used)].toSorted()).toEqual(names.toSorted());
});
