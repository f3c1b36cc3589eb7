import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { findFreePort } from './free-port.ts';
import { javaOfShortLife } from './keycloak.ts';
import { startPeer } from './run-peer.ts';

/** The user that the server has from its start. */
const administrator = { user: 'admin', password: 'password' } as const;

/** Kill Bill's plugin framework reaches into classes that Java closed with version 16. */
const openedPackages = [
  'java.lang',
  'java.net',
  'java.security',
  'java.util',
  'sun.net.www.protocol.file',
  'sun.net.www.protocol.ftp',
  'sun.net.www.protocol.http',
  'sun.net.www.protocol.https',
  'sun.net.www.protocol.jar',
];

/** A tenant of the server, as its clients name it. */
export interface KillBillTenant {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export interface RunningKillBill {
  /** `http://127.0.0.1:<port>`. */
  readonly base: string;
  readonly user: string;
  readonly password: string;
  /** Everything that the server has printed. */
  output(): string;
  createTenant(): Promise<KillBillTenant>;
  /** Asks the API; the path is below /1.0/kb. Throws unless it succeeds. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, tenant?: KillBillTenant): Promise<Response>;
  /**
   * Moves the time of the whole server, and returns when all that fell due up to then is done. The time may go back,
   * for another tenant.
   */
  setTime(time: Date, tenant: KillBillTenant): Promise<void>;
  stop(): Promise<void>;
}

export interface KillBillInput {
  /** `ddl/0-postgresql.sql` of the installed peer. */
  readonly tables: string;
  /** A PostgreSQL server in which the database is made. */
  readonly postgresUrl: string;
}

/** Starts a real Kill Bill in Tomcat, on a database of its own; it takes half a minute on two busy cores. */
export async function startKillBill({ tables, postgresUrl }: KillBillInput): Promise<RunningKillBill> {
  const folder = dirname(dirname(tables));
  const home = await mkdtemp(join(tmpdir(), 'plinth-kill-bill-'));
  const database = await createDatabase(dirname(tables), postgresUrl);
  const port = await findFreePort();
  await prepareTomcat(folder, home, port);
  const base = `http://127.0.0.1:${port}`;
  const { user, password } = administrator;
  const ask = async (method: string, path: string, tenant?: KillBillTenant, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${base}/1.0/kb${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
        'x-killbill-createdby': 'test',
        ...(tenant === undefined
          ? {}
          : { 'x-killbill-apikey': tenant.apiKey, 'x-killbill-apisecret': tenant.apiSecret }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  const server = await startPeer('java', javaArguments(folder, home, database), {
    cwd: home,
    waitFor: async () => (await ask('GET', '/nodesInfo')).ok,
    timeoutMs: 240_000,
  });
  let tenants = 0;
  return {
    base,
    user,
    password,
    output: () => server.output(),
    async createTenant() {
      tenants += 1;
      const tenant = { apiKey: `tenant-${tenants}`, apiSecret: `secret-of-tenant-${tenants}` };
      await ask('POST', '/tenants', undefined, { externalKey: tenant.apiKey, ...tenant });
      return tenant;
    },
    call: (method, path, tenant) => ask(method, path, tenant),
    async setTime(time, tenant) {
      const at = time.toISOString().replace(/\.\d+Z$/, '.000Z');
      await ask('POST', `/test/clock?requestedDate=${at}&timeoutSec=30`, tenant);
    },
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function createDatabase(folder: string, postgresUrl: string): Promise<URL> {
  const url = new URL(postgresUrl);
  url.pathname = `/kill_bill_${process.pid}_${Date.now()}`;
  await runOn(postgresUrl, [`CREATE DATABASE ${url.pathname.slice(1)}`]);
  const files = (await readdir(folder)).toSorted();
  await runOn(url.href, await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8'))));
  return url;
}

async function runOn(url: string, texts: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}

/** A base of its own for the server; the program and the web application stay where they are, unwritten. */
async function prepareTomcat(folder: string, home: string, port: number): Promise<void> {
  for (const part of ['conf', 'logs', 'temp', 'work', 'bundles']) await mkdir(join(home, part));
  for (const file of ['web.xml', 'catalina.properties'])
    await cp(join(folder, 'tomcat/conf', file), join(home, 'conf', file));
  // Nothing in the libraries wants to be found at the start; looking through all of them takes seconds.
  await writeFile(
    join(home, 'conf/server.xml'),
    `<Server port="-1">
  <Service name="Catalina">
    <Connector address="127.0.0.1" port="${port}" />
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" autoDeploy="false" deployOnStartup="false">
        <Context path="" docBase="${join(folder, 'webapp')}"><JarScanner scanClassPath="false" /></Context>
      </Host>
    </Engine>
  </Service>
</Server>
`,
  );
}

function javaArguments(folder: string, home: string, database: URL): string[] {
  const properties = {
    'user.timezone': 'UTC',
    'file.encoding': 'UTF-8',
    'java.io.tmpdir': join(home, 'temp'),
    'catalina.home': join(folder, 'tomcat'),
    'catalina.base': home,
    'org.killbill.server.test.mode': 'true',
    'org.killbill.osgi.bundle.install.dir': join(home, 'bundles'),
    // The secret of a tenant is hashed with each request; the usual 200,000 rounds take half a second of a test's time.
    'org.killbill.security.shiroNbHashIterations': '1',
    ...databaseProperties('org.killbill.dao', database),
    ...databaseProperties('org.killbill.billing.osgi.dao', database),
  };
  return [
    '-Xmx640m',
    javaOfShortLife,
    ...openedPackages.flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]),
    ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    '-classpath',
    ['bootstrap.jar', 'tomcat-juli.jar'].map((jar) => join(folder, 'tomcat/bin', jar)).join(':'),
    'org.apache.catalina.startup.Bootstrap',
    'start',
  ];
}

function databaseProperties(prefix: string, { host, pathname, username, password }: URL): Record<string, string> {
  return {
    [`${prefix}.url`]: `jdbc:postgresql://${host}${pathname}`,
    [`${prefix}.user`]: decodeURIComponent(username),
    [`${prefix}.password`]: decodeURIComponent(password),
    [`${prefix}.minIdle`]: '1',
    [`${prefix}.maxActive`]: '20',
  };
}
