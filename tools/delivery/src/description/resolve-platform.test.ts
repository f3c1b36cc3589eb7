import { issuersFileSchema } from '@plinth/contracts';
import { expect, it } from 'vitest';
import { buildDescription, loyalty } from './description.builders.ts';
import { component, image, nest, next, vite, type PlatformDescription } from './platform-description.ts';
import { resolvePlatform } from './resolve-platform.ts';

const resolve = (changes: Partial<PlatformDescription> = {}, environment = 'production') =>
  resolvePlatform(buildDescription(changes), environment);
const workload = (name: string, changes: Partial<PlatformDescription> = {}, environment = 'production') => {
  const found = resolve(changes, environment).workloads.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

it('runs each core service in a process of its own, behind the gateway and after the migrations', () => {
  expect(workload('loyalty').arguments).toEqual(['plinth', 'serve', 'loyalty']);
  expect(workload('loyalty').dependsOn).toEqual([
    { workload: 'postgres', condition: 'healthy' },
    { workload: 'migrate', condition: 'completed' },
  ]);
  expect(workload('gateway').dependsOn).toContainEqual({ workload: 'loyalty', condition: 'healthy' });
  expect(workload('migrate').runsOnce).toBe(true);
});

it('gives the address that owns the schemas to the migrations alone', () => {
  const readers = resolve().secrets.find(({ name }) => name === 'database-migration-url')?.workloads;
  expect(readers).toEqual(['migrate']);
});

it('takes values of the environment before those of the platform', () => {
  const changes: Partial<PlatformDescription> = {
    replicas: { web: 3 },
    environments: { development: { domain: 'localhost' }, production: { replicas: { web: 5 } } },
  };
  expect(workload('web', changes).replicas).toBe(5);
  expect(workload('web', changes, 'development').replicas).toBe(3);
  expect(resolve(changes, 'development').scheme).toBe('http');
});

it('leaves out what an environment does without, and development tools outside of development', () => {
  const changes: Partial<PlatformDescription> = {
    infrastructure: [component('postgres'), component('mailpit')],
    environments: { development: { domain: 'localhost' }, production: { without: ['search'] } },
  };
  const names = (environment: string) => resolve(changes, environment).workloads.map(({ name }) => name);
  expect(names('production')).not.toContain('search');
  expect(names('production')).not.toContain('mailpit');
  expect(names('development')).toEqual(expect.arrayContaining(['mailpit', 'search']));
});

it('starts what a workload of a profile needs with that profile', () => {
  const health = { live: '/health', ready: '/health' };
  const changes: Partial<PlatformDescription> = {
    applications: [
      image('models', { image: 'example/models:1.0.0', profile: 'ai', health }),
      next('chat', { profile: 'talk', dependsOn: ['models'] }),
    ],
  };
  expect(workload('models', changes).profiles).toEqual(['ai', 'talk']);
  expect(workload('chat', changes).profiles).toEqual(['talk']);
});

it('makes a database, a role and an address for each application that asks for one', () => {
  const platform = resolve();
  const script = platform.workloads.find(({ name }) => name === 'postgres')?.files[0]?.content ?? '';
  expect(script).toContain('role api /run/secrets/api-database-password\ndatabase api api\n');
  expect(script).toContain('role plinth_owner /run/secrets/plinth-owner-password CREATEROLE\n');
  expect(workload('postgres').secretFiles).toEqual([
    'api-database-password',
    'plinth-app-password',
    'plinth-owner-password',
  ]);
  expect(platform.secrets.find(({ name }) => name === 'api-database-url')).toMatchObject({
    source: 'derived',
    template: 'postgres://api:${api-database-password}@postgres:5432/api',
    workloads: ['api'],
  });
});

it('routes nothing of staff where nobody checks who comes', () => {
  const infrastructure = [component('postgres'), component('prometheus'), component('oauth2-proxy')];
  const hosts = (changes: Partial<PlatformDescription>) => resolve(changes).routes.map(({ host }) => host);
  expect(hosts({ infrastructure: infrastructure.slice(0, 2) })).toContain('prometheus.shop.example.com');
  const without: Partial<PlatformDescription> = { services: [], applications: [] };
  expect(hosts({ ...without, infrastructure: infrastructure.slice(0, 2) })).not.toContain(
    'prometheus.shop.example.com',
  );
});

it('leads pages of a service to it: public, counted, and without other routes of its name', () => {
  const services = [{ ...loyalty, pages: ['/card', '/.well-known/points'] as const }];
  const routes = resolve({ services }).routes.filter(({ workload: target }) => target === 'loyalty');
  expect(routes).toMatchObject([
    { name: 'loyalty-pages-well-known-points', path: '/.well-known/points', public: true, rateLimit: 100 },
    { name: 'loyalty-points', path: '/api/v1/points', public: false },
    { name: 'loyalty-pages-card', path: '/card', kind: 'api', public: true, rateLimit: 100, bodyLimit: 65_536 },
  ]);
});

it('keeps the inner paths of the gateway from the outside', () => {
  const pages = resolve().routes.find(({ workload: target }) => target === 'gateway');
  expect(pages?.blockedPaths).toEqual(['/edge', '/internal', '/metrics']);
});

it('connects services to the pool and migrations to the server behind it', () => {
  const changes: Partial<PlatformDescription> = { infrastructure: [component('postgres'), component('pgbouncer')] };
  const template = (name: string) => resolve(changes).secrets.find((secret) => secret.name === name)?.template;
  expect(template('database-url')).toContain('@pgbouncer:5432/plinth');
  expect(template('database-migration-url')).toContain('@postgres:5432/plinth');
  expect(template('api-database-url')).toContain('@pgbouncer:5432/api');
  expect(template('api-database-migration-url')).toContain('@postgres:5432/api');
  expect(workload('loyalty', changes).dependsOn).toContainEqual({ workload: 'pgbouncer', condition: 'healthy' });
  expect(workload('migrate', changes).dependsOn).toEqual([{ workload: 'postgres', condition: 'healthy' }]);
});

it('keeps a service with session settings past the pool, and counts its connections', () => {
  const session = { ...loyalty, database: { ...loyalty.database, sessionConnections: 4 } };
  const changes: Partial<PlatformDescription> = {
    services: [session],
    infrastructure: [component('postgres'), component('pgbouncer')],
  };
  const { connections, variables, dependsOn } = workload('loyalty', changes);
  expect(connections).toBe(14);
  expect(variables).toContainEqual(expect.objectContaining({ secretFile: 'database-session-url' }));
  expect(dependsOn).toContainEqual({ workload: 'postgres', condition: 'healthy' });
});

it('waits for what sets a component up, not only for the component', () => {
  const changes: Partial<PlatformDescription> = { infrastructure: [component('postgres-ha'), component('keycloak')] };
  const setUp = { workload: 'postgres-ha-init', condition: 'completed' };
  for (const name of ['migrate', 'api', 'keycloak']) expect(workload(name, changes).dependsOn).toContainEqual(setUp);
});

it('lets nobody sign in through an identity provider that is not there', () => {
  const signIn = (changes: Partial<PlatformDescription>) =>
    workload('grafana', changes).variables.find(({ name }) => name === 'GF_AUTH_GENERIC_OAUTH_ENABLED')?.value;
  const infrastructure = [component('postgres'), component('prometheus'), component('grafana')];
  expect(signIn({ infrastructure })).toBe('false');
  expect(signIn({ infrastructure: [...infrastructure, component('keycloak')] })).toBe('true');
});

it('sends traces to the collector in front of the store, and nowhere without a store', () => {
  const endpoint = (...infrastructure: PlatformDescription['infrastructure'] & object) =>
    workload('loyalty', { infrastructure }).variables.find(({ name }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT')?.value;
  expect(endpoint(component('postgres'), component('alloy'), component('loki'))).toBeUndefined();
  expect(endpoint(component('postgres'), component('tempo'))).toBe('http://tempo:4318');
  expect(endpoint(component('postgres'), component('tempo'), component('loki'), component('alloy'))).toBe(
    'http://alloy:4318',
  );
});

it('asks for no more copies than a broker has members', () => {
  const kafka = resolve({
    infrastructure: [component('postgres'), component('kafka', { members: 1 })],
  }).components.find(({ name }) => name === 'kafka');
  expect(kafka?.settings).toMatchObject({ members: 1, replication: 1, minimumInSync: 1 });
});

it('tells an image of others what to do, and asks it by its own means where it has any', () => {
  const command = ['node', '-e', 'ask()'];
  const changes: Partial<PlatformDescription> = {
    applications: [
      image('proxy', {
        image: 'example/proxy:1.0.0',
        port: 4000,
        arguments: ['proxy', 'http://loyalty:3000'],
        health: { live: '/live', ready: '/ready', command },
      }),
    ],
  };
  const proxy = workload('proxy', changes);
  expect(proxy.arguments).toEqual(['proxy', 'http://loyalty:3000']);
  expect(proxy.health).toMatchObject({ check: command, ready: { kind: 'http', path: '/ready', port: 4000 } });
});

it('requests so much memory that a process at rest is not busy in the eyes of an autoscaler', () => {
  const atRest = 150;
  const { resources, autoscaling } = workload('loyalty');
  expect((atRest / resources.requests.memory) * 100).toBeLessThan(autoscaling?.memoryPercent ?? 0);
});

it('lets the pages of the platform ask and sign in, in development too', () => {
  expect(resolve({}, 'development').corsOrigins).toEqual([
    'http://localhost:*',
    'http://console.localhost',
    'http://search.localhost',
    'http://web.localhost',
  ]);
  const variables = [{ name: 'IAM_TRUSTED_ORIGINS', type: 'list', default: '', doc: 'origins' }] as const;
  const iam = workload('iam', { services: [{ ...loyalty, name: 'iam', variables }] });
  expect(iam.variables.find(({ name }) => name === 'IAM_TRUSTED_ORIGINS')?.value).toContain(
    'https://web.shop.example.com',
  );
});

it('puts together what a chart without containers of ours needs: databases, values and Secret objects', () => {
  const platform = resolvePlatform(
    buildDescription({
      targets: ['kustomize'],
      infrastructure: [component('postgres'), component('object-store'), component('airbyte', {}, 'copies')],
    }),
    'production',
  );
  const copies = platform.components.find(({ name }) => name === 'copies');
  expect(copies?.workloads).toEqual([]);
  expect(copies?.calls).toEqual(['object-store', 'postgres']);
  expect(platform.components.find(({ name }) => name === 'postgres')).not.toHaveProperty('calls');
  expect(copies?.kubernetes).toMatchObject({ global: { database: { host: 'postgres', port: 5432 } } });
  expect(copies?.secretObjects?.map(({ name }) => name)).toEqual(['copies-settings']);
  expect(copies?.secretObjects?.[0]?.entries).toEqual([
    { key: 'AB_INSTANCE_ADMIN_CLIENT_ID', text: '' },
    { key: 'AB_INSTANCE_ADMIN_CLIENT_SECRET', text: '' },
    { key: 'AB_INSTANCE_ADMIN_PASSWORD', secret: 'copies-admin-password' },
    { key: 'AB_JWT_SIGNATURE_SECRET', secret: 'copies-session-key' },
    { key: 'AWS_ACCESS_KEY_ID', secret: 'object-store-access-key' },
    { key: 'AWS_SECRET_ACCESS_KEY', secret: 'object-store-secret-key' },
    { key: 'DATABASE_PASSWORD', secret: 'copies-database-password' },
    { key: 'DATABASE_USER', text: 'airbyte' },
  ]);
  // `plinth secrets` makes what only pods of the chart read.
  expect(platform.secrets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['copies-admin-password', 'copies-session-key', 'copies-database-password']),
  );
  const script = platform.workloads
    .find(({ name }) => name === 'postgres')
    ?.files.find(({ path }) => path.endsWith('databases.sh'))?.content;
  expect(script).toContain(
    'role airbyte /run/secrets/copies-database-password\ndatabase airbyte airbyte\n' +
      'database temporal airbyte\ndatabase temporal_visibility airbyte\n',
  );
});

it('gives an application that uses the cache its address with the password, as a file', () => {
  const changes: Partial<PlatformDescription> = {
    applications: [nest('orders', { cache: true })],
    infrastructure: [component('postgres'), component('redis')],
  };
  const { variables, dependsOn } = workload('orders', changes);
  expect(variables).toContainEqual({ name: 'REDIS_URL_FILE', secretFile: 'orders-redis-url' });
  expect(dependsOn).toContainEqual({ workload: 'redis', condition: 'healthy' });
  const secret = resolve(changes).secrets.find(({ name }) => name === 'orders-redis-url');
  expect(secret).toMatchObject({ template: 'redis://:${redis-password}@redis:6379', workloads: ['orders'] });
});

it('starts all members of a broker in every profile that needs it', () => {
  const changes: Partial<PlatformDescription> = {
    infrastructure: [component('postgres'), component('kafka'), component('kafka-ui')],
  };
  for (const number of [1, 2, 3]) {
    expect(workload('kafka-ui', changes).dependsOn).toContainEqual({
      workload: `kafka-broker-${number}`,
      condition: 'healthy',
    });
    expect(workload(`kafka-broker-${number}`, changes).profiles).toEqual(['kafka', 'kafka-tools']);
  }
});

it('hands a static page its variables by environment as a file, and what is in its bundle to the build', () => {
  const variables = [
    { name: 'API_URL', type: 'string', default: '/api', doc: 'the API' },
    { name: 'VITE_TITLE', type: 'string', default: 'Shop', doc: 'title of the page' },
  ] as const;
  const environments = { staging: {}, production: { variables: { site: { API_URL: 'https://api.example.com' } } } };
  const changes = { applications: [vite('site', { variables })], environments };
  const { files, build } = workload('site', changes);
  expect(files).toEqual([
    { path: '/usr/share/nginx/html/env.json', content: '{\n  "API_URL": "https://api.example.com"\n}\n' },
  ]);
  expect(build?.variables).toEqual([{ name: 'VITE_TITLE', value: 'Shop' }]);
  expect(workload('site', changes, 'staging').files[0]?.content).toContain('"/api"');
});

it('asks for the secrets of those who are told of alerts, and for no others', () => {
  const infrastructure = [component('postgres'), component('prometheus'), component('alertmanager')];
  const asked = (changes: Partial<PlatformDescription>) =>
    workload('alertmanager', { infrastructure, ...changes }).secretFiles;
  expect(asked({})).toEqual(['alertmanager-pagerduty-key', 'alertmanager-slack-url', 'alertmanager-smtp-password']);
  expect(asked({ cluster: { airGapped: true } })).toEqual(['alertmanager-smtp-password']);
  const critical = [{ kind: 'webhook', secret: { name: 'screen-url', provided: 'address of the screen' } }] as const;
  const told = { notify: { critical, warning: [{ kind: 'email', to: 'ops@example.com' }] } } as const;
  expect(asked(told)).toEqual(['alertmanager-smtp-password', 'screen-url']);
  const platform = resolve({ infrastructure, ...told });
  expect(platform.secrets.find(({ name }) => name === 'screen-url')).toMatchObject({
    source: 'provided',
    doc: 'alerts: address of the screen',
    workloads: ['alertmanager'],
  });
  expect(platform.notify.critical).toEqual([{ kind: 'webhook', secret: 'screen-url' }]);
});

it('tells by email alone where there is no way out', () => {
  const { notify } = resolve({ cluster: { airGapped: true }, notify: { email: 'ops@shop.example.com' } });
  const email = { kind: 'email', to: 'ops@shop.example.com' };
  expect(notify).toEqual({ critical: [email], warning: [email] });
});

it('promises the usual of a service where the description says nothing', () => {
  expect(resolve().objectives).toEqual({ loyalty: { availability: 0.999, latency: { target: 0.95, within: 0.5 } } });
  const objectives = { loyalty: { latency: { target: 0.99 } } };
  expect(resolve({ objectives }).objectives['loyalty']?.latency).toEqual({ target: 0.99, within: 0.5 });
});

it('lets the edge listen where public hosts lead on the machine of a developer, and above 1024 elsewhere', () => {
  const portOf = (environment: string) => {
    const { ports, published } = workload('traefik', {}, environment);
    expect(published[0]?.hostPort).toBe(80);
    return [ports.find(({ name }) => name === 'http')?.port, published[0]?.port];
  };
  expect(portOf('development')).toEqual([80, 80]);
  expect(portOf('production')).toEqual([8080, 8080]);
});

it('lets what watches the machine see the folders that its entry names, and Alloy the pods of its namespace', () => {
  const infrastructure = [
    component('postgres'),
    component('prometheus'),
    component('loki'),
    component('node-exporter'),
  ];
  const changes = { infrastructure: [...infrastructure, component('alloy')] };
  expect(workload('node-exporter', changes).hostPaths).toEqual([{ hostPath: '/', path: '/host' }]);
  expect(workload('alloy', changes).clusterAccess).toContainEqual({ resources: ['pods/log'], verbs: ['get'] });
  expect(workload('prometheus', changes)).not.toHaveProperty('clusterAccess');
});

const withRealm: Partial<PlatformDescription> = {
  services: [loyalty, { ...loyalty, name: 'iam' }],
  infrastructure: [component('postgres'), component('keycloak')],
};

it('tells the core services of the realm, and iam alone the secret of its client', () => {
  const core = resolve(withRealm).workloads.filter(({ kind }) => kind === 'core');
  for (const { name, files, variables, secretFiles, calls } of core) {
    const told = name !== 'migrate';
    expect(files.map(({ path }) => path)).toEqual(told ? ['/etc/plinth/issuers.json'] : []);
    expect(variables.find((variable) => variable.name === 'PLINTH_ISSUERS_FILE')?.value).toBe(
      told ? '/etc/plinth/issuers.json' : undefined,
    );
    expect(calls.includes('keycloak')).toBe(told);
    expect(secretFiles).toEqual(name === 'iam' ? ['keycloak-api-client-secret'] : []);
  }
});

it('writes an issuers file that the services take, for the realm that is rendered', () => {
  const platform = resolve(withRealm);
  const [file] = platform.workloads.find(({ name }) => name === 'iam')!.files;
  const { embeddedSignIn, issuers } = issuersFileSchema.parse(JSON.parse(file!.content));
  expect(embeddedSignIn).toBe(false);
  expect(issuers).toMatchObject([
    {
      issuer: platform.identity.issuer,
      discoveryUrl: `http://keycloak:8080/realms/${platform.identity.realm}/.well-known/openid-configuration`,
      audiences: [`${platform.name}-api`],
      tokenType: 'at+jwt',
      administration: { realm: platform.identity.realm, secretFile: '/run/secrets/keycloak-api-client-secret' },
    },
  ]);
});

it('says nothing of other issuers without an identity provider of its own', () => {
  for (const { files, variables } of resolve().workloads.filter(({ kind }) => kind === 'core')) {
    expect(files).toEqual([]);
    expect(variables.map(({ name }) => name)).not.toContain('PLINTH_ISSUERS_FILE');
  }
});
