import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startPeer } from '@plinth/testing';
import { findFreePort } from './free-port.ts';
import type { Answerer } from './http-answerer.ts';
import type { Person } from './identity-provider.ts';

export interface KeycloakServer extends Answerer {
  /** Makes a user of the realm, with a password and the roles. */
  addPerson(person: Person, password: string): Promise<void>;
}

export interface KeycloakInput {
  /** `bin/kc.sh` of the distribution, which is copied: a server writes into its own folder. */
  readonly script: string;
  readonly realm: { readonly path: string; readonly content: string };
  /** Variables of the container beside the usual ones. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A real Keycloak that has imported a rendered realm. */
export async function startKeycloak({ script, realm, environment }: KeycloakInput): Promise<KeycloakServer> {
  const home = await mkdtemp(join(tmpdir(), 'plinth-keycloak-'));
  await cp(dirname(dirname(script)), home, { recursive: true });
  await mkdir(join(home, 'data/import'), { recursive: true });
  await writeFile(join(home, 'data/import', realm.path), realm.content);
  const { realm: name } = JSON.parse(realm.content) as { realm: string };
  const [port, management] = [await findFreePort(), await findFreePort()];
  const base = `http://127.0.0.1:${port}`;
  const addresses = ['--http-host=127.0.0.1', `--http-port=${port}`, `--http-management-port=${management}`];
  const server = await startPeer(
    join(home, 'bin/kc.sh'),
    ['start', '--optimized', '--import-realm', '--http-enabled=true', ...addresses],
    {
      cwd: home,
      env: { ...environment, KC_BOOTSTRAP_ADMIN_USERNAME: 'admin', KC_BOOTSTRAP_ADMIN_PASSWORD: 'admin-of-a-test' },
      waitFor: { url: `${base}/realms/${name}` },
      timeoutMs: 240_000,
    },
  );

  async function send(path: string, body: unknown): Promise<Response> {
    const token = await fetch(`${base}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: 'admin-cli',
        username: 'admin',
        password: 'admin-of-a-test',
      }),
    });
    const { access_token: access } = (await token.json()) as { access_token: string };
    const answer = await fetch(`${base}/admin/realms/${name}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }

  return {
    address: `127.0.0.1:${port}`,
    async addPerson(person, password) {
      const made = await send('/users', {
        username: person.name,
        email: person.email,
        emailVerified: true,
        firstName: person.name,
        lastName: person.name,
        enabled: true,
        credentials: [{ type: 'password', value: password, temporary: false }],
      });
      const id = made.headers.get('location')?.split('/').at(-1);
      const roles = (await (await send('/roles', undefined)).json()) as { name: string }[];
      await send(
        `/users/${id}/role-mappings/realm`,
        roles.filter((role) => person.roles.includes(role.name)),
      );
    },
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
