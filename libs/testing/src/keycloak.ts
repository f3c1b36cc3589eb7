import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFreePort } from './free-port.ts';
import { startPeer } from './run-peer.ts';

/** The first administrator, who exists in the realm `master`. */
const administrator = { username: 'admin', password: 'admin-of-a-test' } as const;

/** Only the quick compiler of Java: a server that lives for a minute never earns back what the other one costs. */
export const javaOfShortLife = '-XX:TieredStopAtLevel=1';

export interface RunningKeycloak {
  /** `http://127.0.0.1:<port>`. */
  readonly base: string;
  /** Where health and metrics are. */
  readonly management: string;
  readonly realm: string;
  readonly issuer: string;
  /** Asks the admin API as the administrator; the path is below the realm. Throws unless it succeeds. */
  admin(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Response>;
  stop(): Promise<void>;
}

export interface KeycloakInput {
  /** `bin/kc.sh` of the distribution, which is copied: a server writes into its own folder. */
  readonly script: string;
  /** A file that is imported at the start. */
  readonly realm: { readonly path: string; readonly content: string };
  /** Variables of the container beside the usual ones. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of `kc.sh start` beside the usual ones. */
  readonly options?: readonly string[];
}

/** Starts a real Keycloak that has imported a realm. */
export async function startKeycloak(input: KeycloakInput): Promise<RunningKeycloak> {
  const home = await mkdtemp(join(tmpdir(), 'plinth-keycloak-'));
  await cp(dirname(dirname(input.script)), home, { recursive: true });
  await mkdir(join(home, 'data/import'), { recursive: true });
  await writeFile(join(home, 'data/import', input.realm.path), input.realm.content);
  const { realm } = JSON.parse(input.realm.content) as { realm: string };
  const [port, managementPort] = [await findFreePort(), await findFreePort()];
  const base = `http://127.0.0.1:${port}`;
  const addresses = ['--http-host=127.0.0.1', `--http-port=${port}`, `--http-management-port=${managementPort}`];
  const server = await startPeer(
    join(home, 'bin/kc.sh'),
    ['start', '--optimized', '--import-realm', '--http-enabled=true', ...addresses, ...(input.options ?? [])],
    {
      cwd: home,
      env: {
        ...input.environment,
        JAVA_OPTS_APPEND: javaOfShortLife,
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
      },
      waitFor: { url: `${base}/realms/${realm}` },
      timeoutMs: 240_000,
    },
  );
  return {
    base,
    management: `http://127.0.0.1:${managementPort}`,
    realm,
    issuer: `${base}/realms/${realm}`,
    async admin(method, path, body) {
      const answer = await fetch(`${base}/admin/realms/${realm}${path}`, {
        method,
        headers: { authorization: `Bearer ${await askToken(base)}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
      return answer;
    },
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function askToken(base: string): Promise<string> {
  const answer = await fetch(`${base}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
