import type { ExternalIssuer } from '@plinth/contracts';
import { NotFoundError } from '@plinth/common';
import { z } from 'zod';
import { EmailTakenError } from '../authentication/authentication.errors.ts';
import type { KeycloakClient } from './keycloak-client.ts';
import { DirectoryRefusedError, RoleNotInDirectoryError } from './user-directory.errors.ts';
import type { DirectorySession, NewPerson, PersonChanges, UserDirectory } from './user-directory.ts';

const userSchema = z.looseObject({
  id: z.string(),
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
});
const sessionsSchema = z.array(
  z.looseObject({
    id: z.string(),
    ipAddress: z.string().optional(),
    start: z.number().describe('milliseconds since 1970'),
    lastAccess: z.number(),
  }),
);
const rolesSchema = z.array(z.looseObject({ id: z.string(), name: z.string() }));
const errorSchema = z.looseObject({ errorMessage: z.string().optional(), error: z.string().optional() });

export interface KeycloakDirectoryOptions {
  readonly client: KeycloakClient;
  /** For messages. */
  readonly name: string;
  readonly roles: ExternalIssuer['roles'];
}

/** People in a realm of Keycloak, by its admin API. */
export class KeycloakDirectory implements UserDirectory {
  readonly #options: KeycloakDirectoryOptions;

  constructor(options: KeycloakDirectoryOptions) {
    this.#options = options;
  }

  async create({ email, name }: NewPerson): Promise<string> {
    const answer = await this.#options.client.send({
      method: 'POST',
      path: '/users',
      once: true,
      body: { username: email, email, ...toNames(name), enabled: true, requiredActions: ['UPDATE_PASSWORD'] },
    });
    await this.#assertDone(answer, email);
    const id = answer.headers.get('location')?.split('/').at(-1);
    if (id === undefined) throw new DirectoryRefusedError(this.#options.name, 'it does not say whom it made');
    return id;
  }

  async update(id: string, { email, name }: PersonChanges): Promise<void> {
    // What a user's representation lacks, Keycloak removes: attributes such as the tenant's must be sent along.
    await this.#change(id, {
      ...(name === undefined ? {} : toNames(name)),
      ...(email === undefined ? {} : { email, emailVerified: false }),
    });
  }

  async setEnabled(id: string, enabled: boolean): Promise<void> {
    await this.#change(id, { enabled });
    if (!enabled) await this.endSessions(id);
  }

  async remove(id: string): Promise<void> {
    const answer = await this.#options.client.send({ method: 'DELETE', path: userPath(id) });
    if (answer.status !== 404) await this.#assertDone(answer, id);
  }

  async requestPasswordReset(id: string): Promise<void> {
    await this.#do(id, { method: 'PUT', path: '/execute-actions-email', body: ['UPDATE_PASSWORD'] });
  }

  async listSessions(id: string): Promise<DirectorySession[]> {
    const sessions = sessionsSchema.parse(await (await this.#do(id, { method: 'GET', path: '/sessions' })).json());
    return sessions.map((session) => ({
      id: session.id,
      ip: session.ipAddress ?? null,
      startedAt: new Date(session.start),
      usedAt: new Date(session.lastAccess),
    }));
  }

  async endSessions(id: string): Promise<void> {
    await this.#do(id, { method: 'POST', path: '/logout' });
  }

  async listRoles(id: string): Promise<string[]> {
    const held = await this.#readRoles(id, '/role-mappings/realm');
    return [...new Set(held.flatMap(({ name }) => this.#map[name] ?? []))].toSorted();
  }

  async setRoles(id: string, roles: readonly string[]): Promise<void> {
    const names = roles.map((role) => this.#nameOf(role));
    const held = (await this.#readRoles(id, '/role-mappings/realm')).filter(({ name }) => name in this.#map);
    const available = await this.#readRoles(id, '/role-mappings/realm/available');
    const missing = names.filter((name) => !held.some((role) => role.name === name));
    const added = missing.map((name) => {
      const role = available.find((one) => one.name === name);
      if (role === undefined) throw new DirectoryRefusedError(this.#options.name, `the realm has no role ${name}`);
      return role;
    });
    const removed = held.filter(({ name }) => !names.includes(name));
    if (added.length > 0) await this.#do(id, { method: 'POST', path: '/role-mappings/realm', body: added });
    if (removed.length > 0) await this.#do(id, { method: 'DELETE', path: '/role-mappings/realm', body: removed });
  }

  /** The realm's names of roles → the platform's. */
  get #map(): Readonly<Record<string, string>> {
    const { roles } = this.#options;
    return roles.from === 'claim' ? roles.map : {};
  }

  #nameOf(role: string): string {
    const found = Object.entries(this.#map).find(([, mapped]) => mapped === role);
    if (found === undefined) throw new RoleNotInDirectoryError(role, [...new Set(Object.values(this.#map))]);
    return found[0];
  }

  async #readRoles(id: string, path: string): Promise<z.output<typeof rolesSchema>> {
    return rolesSchema.parse(await (await this.#do(id, { method: 'GET', path })).json());
  }

  async #change(id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const user = userSchema.parse(await (await this.#do(id, { method: 'GET', path: '' })).json());
    await this.#do(id, { method: 'PUT', path: '', body: { ...user, ...changes } });
  }

  /** Does something with a user; `path` is below theirs. */
  async #do(
    id: string,
    request: { readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'; readonly path: string; readonly body?: unknown },
  ): Promise<Response> {
    const answer = await this.#options.client.send({ ...request, path: userPath(id) + request.path });
    await this.#assertDone(answer, id);
    return answer;
  }

  async #assertDone(answer: Response, id: string): Promise<void> {
    if (answer.ok) return;
    if (answer.status === 404) throw new NotFoundError('user of the directory', id);
    if (answer.status === 409) throw new EmailTakenError();
    const parsed = errorSchema.safeParse(await answer.json().catch(() => undefined));
    const said = parsed.success ? (parsed.data.errorMessage ?? parsed.data.error) : undefined;
    throw new DirectoryRefusedError(this.#options.name, said ?? `it answered ${answer.status}`);
  }
}

function userPath(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

/** Keycloak keeps two names; the last word is the family's, as far as a program can tell. */
function toNames(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  const lastName = words.length > 1 ? words.pop()! : '';
  return { firstName: words.join(' '), lastName };
}
