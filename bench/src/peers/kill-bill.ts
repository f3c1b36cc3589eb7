import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { BenchmarkContext } from '../benchmark.ts';
import { findFreePort } from '../platform/free-port.ts';

const patienceMs = 300_000;
const tenant = { apiKey: 'bench', apiSecret: 'secret of a benchmark' };

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

/** A Kill Bill with one tenant. */
export interface KillBill {
  /** Below it lies the API. */
  readonly url: string;
  /** Credentials of the tenant. */
  readonly headers: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  /** Posts as the tenant; gives the id of what was made. Throws unless it succeeds. */
  create(path: string, body: unknown, contentType?: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts Kill Bill in Tomcat, from the files that `npm run peers` laid out, on a database of its own in the server at
 * `postgresUrl`. `tables` is the file of the peer that describePeers names.
 */
export async function startKillBill(context: BenchmarkContext, tables: string, postgresUrl: string): Promise<KillBill> {
  const folder = dirname(dirname(tables));
  const home = await context.folders.create();
  const database = await createDatabase(dirname(tables), postgresUrl);
  const port = await findFreePort();
  await prepareTomcat(folder, home, port);
  const server = spawn('java', javaArguments(folder, home, database), {
    cwd: home,
    env: withoutJavaOptions(context),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-2000)));
  server.on('error', (error) => (words = String(error)));
  // Whoever ends this process without `stop` leaves no server behind.
  const abandon = (): void => void server.kill('SIGTERM');
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    await end(server);
    await context.folders.remove(home);
  };
  try {
    const url = `http://127.0.0.1:${port}/1.0/kb`;
    const startedAt = performance.now();
    while (!(await isReady(url))) {
      if (server.exitCode !== null || server.pid === undefined) throw new Error(`Kill Bill ended: ${words}`);
      if (performance.now() - startedAt > patienceMs)
        throw new Error(`Kill Bill was not ready after ${patienceMs / 1000} s: ${words}`);
      await sleep(100);
    }
    await post(`${url}/tenants`, administrator, { externalKey: tenant.apiKey, ...tenant });
    const headers = { ...administrator, 'x-killbill-apikey': tenant.apiKey, 'x-killbill-apisecret': tenant.apiSecret };
    const create: KillBill['create'] = (path, body, contentType) => post(url + path, headers, body, contentType);
    return { url, headers, databaseUrl: database.href, create, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The user that the server has from its start. */
const administrator = {
  authorization: `Basic ${Buffer.from('admin:password').toString('base64')}`,
  'x-killbill-createdby': 'bench',
};

async function createDatabase(folder: string, postgresUrl: string): Promise<URL> {
  const url = new URL(postgresUrl);
  url.pathname = '/kill_bill';
  await runOn(postgresUrl, ['CREATE DATABASE kill_bill']);
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
    'org.killbill.osgi.bundle.install.dir': join(home, 'bundles'),
    // The secret of a tenant is hashed with each request; the usual 200,000 rounds would be nearly all that is measured.
    'org.killbill.security.shiroNbHashIterations': '1',
    ...databaseProperties('org.killbill.dao', database, 16),
    ...databaseProperties('org.killbill.billing.osgi.dao', database, 2),
  };
  return [
    '-Xmx1g',
    ...openedPackages.flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]),
    ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    '-classpath',
    ['bootstrap.jar', 'tomcat-juli.jar'].map((jar) => join(folder, 'tomcat/bin', jar)).join(':'),
    'org.apache.catalina.startup.Bootstrap',
    'start',
  ];
}

function databaseProperties(
  prefix: string,
  { host, pathname, username, password }: URL,
  connections: number,
): Record<string, string> {
  return {
    [`${prefix}.url`]: `jdbc:postgresql://${host}${pathname}`,
    [`${prefix}.user`]: decodeURIComponent(username),
    [`${prefix}.password`]: decodeURIComponent(password),
    [`${prefix}.minIdle`]: '1',
    [`${prefix}.maxActive`]: String(connections),
  };
}

function withoutJavaOptions({ environment }: BenchmarkContext): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(
    ([name]) => !/^(JAVA_OPTS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)/.test(name),
  );
  return Object.fromEntries(own) as NodeJS.ProcessEnv;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/nodesInfo`, { headers: administrator, signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** What was made is named by the header Location, its id last. */
async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  contentType = 'application/json',
): Promise<string> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': contentType }, body: text });
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  const location = answer.headers.get('location') ?? '';
  return location.slice(location.lastIndexOf('/') + 1);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), 30_000);
  await gone;
  clearTimeout(timer);
}
