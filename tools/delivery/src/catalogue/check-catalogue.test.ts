import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import type { CatalogueEntry, ContainerDefinition } from './catalogue-entry.ts';
import { container, entry } from './check-catalogue.builders.ts';
import { checkCatalogue } from './check-catalogue.ts';

function findings(...entries: readonly CatalogueEntry[]): string[] {
  return checkCatalogue(Object.fromEntries(entries.map((item) => [item.name, item]))).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

function ofContainer(changes: Partial<ContainerDefinition>): string[] {
  return findings(entry({ containers: [container(changes)] }));
}

const web = { name: 'web', container: '', port: 8080, host: 'store', ownSignIn: true } as const;

const operator = {
  name: 'stores',
  repository: 'https://example.com/charts',
  chart: 'stores',
  version: '1.0.0',
} as const;

describe('checkCatalogue', () => {
  it('finds nothing wrong with the catalogue', () => {
    expect(checkCatalogue(catalogue)).toEqual([]);
  });

  it('finds nothing wrong with an entry that follows every rule', () => {
    expect(findings(entry())).toEqual([]);
  });

  it('refuses an entry that is listed under another name', () => {
    expect(checkCatalogue({ shop: entry() })).toEqual([{ where: 'store', rule: 'name', message: 'is listed as shop' }]);
  });

  it('refuses an entry without licence, version, website or container', () => {
    expect(findings(entry({ license: ' ', version: 'latest', website: '', containers: [] }))).toEqual([
      'licence: has no licence',
      'version: has no version',
      'website: has no website',
      'containers: has no container and no chart that runs it',
    ]);
  });

  it('refuses a form of a secret that nobody generates', () => {
    const key = { name: 'key', doc: 'key', form: { characters: 16 } } as const;
    expect(findings(entry({ secrets: [key] }))).toEqual([]);
    expect(findings(entry({ secrets: [{ ...key, source: 'provided' }] }))).toEqual([
      'secret: key: only generated secrets have a form',
    ]);
  });

  it('refuses a derived secret without a template', () => {
    expect(findings(entry({ secrets: [{ name: 'url', doc: 'address', source: 'derived' }] }))).toEqual([
      'secret: url: derived secrets, and only they, have a template',
    ]);
  });

  it.each([
    ['example/store', 'image: example/store has no tag'],
    ['example/store:latest', 'image: example/store:latest has no version in its tag'],
    ['example/store:stable', 'image: example/store:stable has no version in its tag'],
    ['example/store:18', 'image: example/store:18 names a line of versions, not one'],
    ['example/store:18-alpine', 'image: example/store:18-alpine names a line of versions, not one'],
    ['example/store:v1.2', 'image: example/store:v1.2 names a line of versions, not one'],
    ['example/store:1.2-alpine3.22', 'image: example/store:1.2-alpine3.22 names a line of versions, not one'],
    ['registry.example.com:5000/store', 'image: registry.example.com:5000/store has no tag'],
    ['example store:1.2.3', 'image: example store:1.2.3 is no image reference'],
  ])('refuses the image %s', (image, finding) => {
    expect(ofContainer({ image })).toEqual([finding]);
  });

  it('accepts a tag of two numbers with a reason, and no reason without one', () => {
    const shortTagBecause = 'releases have two numbers';
    expect(ofContainer({ image: 'example/store:4.48', shortTagBecause })).toEqual([]);
    expect(ofContainer({ image: 'example/store:1.2.3', shortTagBecause })).toEqual([
      'image: example/store:1.2.3 gives a reason for what it does not do',
    ]);
  });

  it.each(['example/store:1.2.3', 'example/store:v1.2.3-alpine', `example/store:1.2@sha256:${'a'.repeat(64)}`])(
    'accepts the image %s',
    (image) => {
      expect(ofContainer({ image })).toEqual([]);
    },
  );

  it.each([
    [['true'], 'health: true is always true'],
    [['/bin/sh', '-c', 'kill -0 1'], 'health: kill -0 1 is always true'],
    [['sh', '-c', 'test -d /data'], 'health: test -d /data is always true'],
    [['test', '-f', '/tmp/ready'], 'health: test -f /tmp/ready is always true'],
    [['/bin/bash', '-c', 'exit 0'], 'health: exit 0 is always true'],
    [['echo', 'well'], 'health: echo well is always true'],
    [['/bin/sh', '-c', 'store ping || true'], 'health: store ping || true can never fail'],
  ])('refuses the health check %j', (check, finding) => {
    expect(ofContainer({ health: { check } })).toEqual([finding]);
  });

  it('refuses an empty health check', () => {
    expect(ofContainer({ health: { check: [] } })).toEqual(['health: has an empty health check']);
  });

  it('refuses limits below what is asked for, and quantities that are none', () => {
    const resources = { requests: { cpu: '2', memory: '1Gi' }, limits: { cpu: '1', memory: 'much' } };
    expect(ofContainer({ resources })).toEqual([
      'resources: CPU: 2 asked for, 1 allowed',
      'resources: memory: 1Gi asked for, much allowed',
    ]);
  });

  it('refuses the same port twice, but not for TCP and UDP', () => {
    const port = { name: 'http', port: 8080, protocol: 'http' } as const;
    expect(ofContainer({ ports: [port, { name: 'again', port: 8080, protocol: 'tcp' }] })).toEqual([
      'ports: has the same port twice',
    ]);
    expect(ofContainer({ ports: [port, { name: 'quick', port: 8080, protocol: 'udp' }] })).toEqual([]);
  });

  it('refuses metrics, probes and published ports that are not listed', () => {
    const health = { check: ['store', 'ping'], http: { path: '/ready', port: 1 } };
    expect(
      ofContainer({ health, metrics: { path: '/metrics', port: 2 }, published: [{ hostPort: 80, port: 3 }] }),
    ).toEqual([
      'ports: exposes metrics on a port that it does not list',
      'ports: publishes a port that it does not list',
      'ports: is probed on a port that it does not list',
    ]);
  });

  it('refuses an interface or an endpoint on a port that is not listed', () => {
    expect(findings(entry({ endpoint: { container: '', port: 1 } }))).toEqual(['ports: port 1 of store is not listed']);
    expect(findings(entry({ interfaces: [{ ...web, port: 2 }] }))).toEqual(['ports: port 2 of store is not listed']);
  });

  it('refuses a writable root file system without a reason', () => {
    expect(ofContainer({ hardening: {} })).toEqual(['hardening: has a writable root file system without a reason']);
    expect(ofContainer({ hardening: { readOnlyRoot: false, writableRootBecause: 'it unpacks itself' } })).toEqual([]);
  });

  it('refuses a placeholder that stands for nothing', () => {
    expect(ofContainer({ arguments: ['${settings.size} ${secret.token} ${needs.database} ${name} $${HOME}'] })).toEqual(
      [
        'placeholder: ${settings.size} stands for nothing',
        'placeholder: ${secret.token} stands for nothing',
        'placeholder: ${needs.database} stands for nothing',
      ],
    );
  });

  it('refuses a secret or a setting that does not exist', () => {
    expect(ofContainer({ secretFiles: ['token'], secretFileVariables: { A_FILE: 'key' }, members: 'nodes' })).toEqual([
      'secret: there is no secret token',
      'secret: there is no secret key',
      'setting: there is no setting nodes',
    ]);
  });

  it('knows the secrets that everything has which could meet a requirement', () => {
    const reader = (secret: string) =>
      entry({
        name: 'reader',
        provides: [],
        requires: [{ anyOf: ['storage'], because: 'it reads' }],
        containers: [container({ arguments: [`\${secret.storage.${secret}}`, '${needs.storage.port}'] })],
      });
    const other = entry({ name: 'other', secrets: [] });
    expect(findings(entry(), reader('password'))).toEqual([]);
    expect(findings(entry(), other, reader('password'))).toEqual([
      'placeholder: ${secret.storage.password} stands for nothing',
    ]);
  });

  it('knows the public host of what meets a requirement only where everything that could has one', () => {
    const requires = [{ anyOf: ['storage'], because: 'it reads' }];
    const containers = [container({ arguments: ['${needs.storage.url}'] })];
    const reader = entry({ name: 'reader', provides: [], requires, containers });
    expect(findings(entry({ interfaces: [web] }), reader)).toEqual([]);
    expect(findings(entry({ interfaces: [web] }), entry({ name: 'other' }), reader)).toEqual([
      'placeholder: ${needs.storage.url} stands for nothing',
    ]);
  });

  it('refuses to require what nothing provides, and to name an exporter that does not exist', () => {
    expect(
      findings(
        entry({
          requires: [{ anyOf: ['broker'], because: 'it sends' }],
          watch: { exporter: 'watcher', dashboard: 'resources' },
        }),
      ),
    ).toEqual(['requires: nothing is or provides broker', 'watch: there is no exporter watcher']);
  });

  it('refuses to wait for what is neither a container nor required, and for a state that never comes', () => {
    const containers = [
      container({ dependsOn: [{ container: 'database', condition: 'healthy' }] }),
      container({ name: 'init', health: 'runs-once', dependsOn: [{ container: '', condition: 'completed' }] }),
      container({ name: 'worker', dependsOn: [{ container: 'init', condition: 'healthy' }] }),
    ];
    expect(findings(entry({ containers }))).toEqual([
      'depends: database is neither a container nor required',
      'depends: the main container can never be completed',
      'depends: init can never be healthy',
    ]);
  });

  it('refuses a database that is required nowhere, and a client without a secret', () => {
    const signIn = { client: 'store', secret: 'client-secret', redirectPaths: ['/callback'] };
    expect(findings(entry({ database: { name: 'store' }, signIn, interfaces: [web] }))).toEqual([
      'database: asks for a database and requires none',
      'sign-in: names a secret that it does not have',
    ]);
  });

  it('refuses a bucket that no setting names, or that nobody makes', () => {
    const settings = { bucket: { type: 'string', default: 'store', doc: 'bucket' } } as const;
    const requires = [{ anyOf: ['object-store'], because: 'it keeps things' }];
    const maker = entry({ name: 'object-store' });
    const finding = 'bucket: asks for a bucket without a setting that names it, or without an object store';
    expect(findings(maker, entry({ settings, requires, bucket: 'bucket' }))).toEqual([]);
    expect(findings(maker, entry({ requires, bucket: 'bucket' }))).toEqual([finding]);
    expect(findings(maker, entry({ settings, bucket: 'bucket' }))).toEqual([finding]);
  });

  it('refuses a client without an interface to come back to', () => {
    const signIn = { client: 'store', secret: 'password', redirectPaths: ['/callback'] };
    expect(findings(entry({ signIn, interfaces: [web] }))).toEqual([]);
    expect(findings(entry({ signIn }))).toEqual(['sign-in: has no interface to come back to']);
    expect(findings(entry({ signIn: { ...signIn, interface: 'api' }, interfaces: [web] }))).toEqual([
      'sign-in: there is no interface api',
    ]);
  });

  it('knows every public host by its name, and refuses two of one name or at one host', () => {
    const api = { ...web, name: 'api', host: 'store-api' };
    const asking = [container({ arguments: ['${interfaces.api.url} ${interfaces.web.host}'] })];
    expect(findings(entry({ interfaces: [web, api], containers: asking }))).toEqual([]);
    expect(findings(entry({ interfaces: [web], containers: asking }))).toEqual([
      'placeholder: ${interfaces.api.url} stands for nothing',
    ]);
    expect(findings(entry({ interfaces: [web, { ...web, host: 'Store' }] }))).toEqual([
      'interfaces: has two interfaces of one name',
      'interfaces: "Store" is not a DNS label',
    ]);
    expect(findings(entry({ interfaces: [web, { ...web, name: 'api' }] }))).toEqual([
      'interfaces: has two interfaces at one host',
    ]);
  });

  it('refuses a resource that its operator does not define', () => {
    const resources = [{ apiVersion: 'example.com/v1', kind: 'Store', metadata: { name: '${name}' } }];
    const form = { form: 'operator', operator, resources, services: { '': '${name}' } } as const;
    expect(findings(entry({ kubernetes: { ...form, definitions: ['Store.example.com/v1'] } }))).toEqual([]);
    expect(findings(entry({ kubernetes: { ...form, definitions: ['Store.example.com/v2'] } }))).toEqual([
      "kubernetes: Store.example.com/v1 is not among the operator's definitions",
    ]);
  });

  it('refuses a chart without version and services', () => {
    const kubernetes = {
      form: 'chart',
      repository: 'https://example.com/charts',
      chart: 'store',
      version: '',
      values: {},
      services: {},
    } as const;
    expect(findings(entry({ kubernetes }))).toEqual([
      'kubernetes: must name a service for its own containers',
      'kubernetes: has no exact chart',
    ]);
  });

  it('allows an entry without containers that a chart runs, and no other', () => {
    const kubernetes = {
      form: 'chart',
      repository: 'https://example.com/charts',
      chart: 'store',
      version: '1.2.3',
      values: {},
      services: { '': '${name}-server' },
    } as const;
    const place = { container: '', port: 8080 };
    expect(findings(entry({ containers: [], kubernetes, endpoint: place }))).toEqual([]);
    expect(findings(entry({ containers: [], kubernetes, endpoint: { ...place, container: 'web' } }))).toEqual([
      'ports: port 8080 of web is not listed',
    ]);
    const shown = { ...place, name: 'web', host: 'store', ownSignIn: true };
    expect(findings(entry({ containers: [], kubernetes, interfaces: [shown] }))).toEqual([]);
    expect(findings(entry({ containers: [], kubernetes, interfaces: [{ ...shown, container: 'web' }] }))).toEqual([
      'ports: port 8080 of web is not listed',
    ]);
    expect(findings(entry({ containers: [], kubernetes: { ...kubernetes, services: { web: 'store' } } }))).toEqual([
      'kubernetes: must name a service for its own containers',
    ]);
    expect(findings(entry({ containers: [] }))).toEqual(['containers: has no container and no chart that runs it']);
  });

  it('refuses a Secret object that holds a secret which nobody has', () => {
    const kubernetes = {
      form: 'chart',
      repository: 'https://example.com/charts',
      chart: 'store',
      version: '1.2.3',
      values: {},
      services: { '': '${name}-server' },
    } as const;
    const holding = (secret: string) =>
      entry({
        containers: [],
        kubernetes: {
          ...kubernetes,
          secretObjects: { '${name}-keys': { user: { text: 'store' }, password: { secret } } },
        },
      });
    expect(findings(holding('password'))).toEqual([]);
    expect(findings(holding('token'))).toEqual(['secret: there is no secret token']);
  });
});
