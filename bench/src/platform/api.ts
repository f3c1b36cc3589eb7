import { setTimeout as sleep } from 'node:timers/promises';
import { operatorPermissions, permissions } from '@plinth/contracts';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** A tenant of the platform with credentials that may do everything in it. */
export interface BenchTenant {
  readonly tenantId: string;
  readonly owner: Person;
  /** Speaks with the session of the owner. */
  readonly session: Api;
  /** Speaks with an API key. */
  readonly api: Api;
  readonly apiKey: string;
  /** An access token of the tenant's owner. */
  readonly accessToken: string;
}

interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls of the platform's API; anything but 2xx is an error. */
export class Api {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.headers = headers;
  }

  with(headers: Readonly<Record<string, string>>): Api {
    return new Api(this.url, { ...this.headers, ...headers });
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await (await this.#call('GET', path, {})).json()) as Answer;
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await (await this.#call('POST', path, { body })).json()) as Answer;
  }

  /** The cookies that a request sets, as a request header. */
  async postForCookie(path: string, body: unknown): Promise<string> {
    const response = await this.#call('POST', path, { body });
    await response.arrayBuffer();
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async #call(method: string, path: string, { body }: CallOptions): Promise<Response> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
    return response;
  }
}

let count = 0;

/** Makes somebody with an email address and a password. */
export function makePerson(): Person {
  const name = `bench-${process.pid}-${(count += 1)}`;
  return { name, email: `${name}@bench.localhost`, password: 'a long bench password' };
}

/** Signs a new user up; speaks with the cookie of their session. */
export async function signUp(url: string, person: Person): Promise<Api> {
  const anonymous = new Api(url);
  return anonymous.with({ cookie: await anonymous.postForCookie('/auth/sign-up/email', person) });
}

/** An access token of a new session. */
export async function issueToken(url: string, { owner, tenantId }: BenchTenant): Promise<string> {
  const anonymous = new Api(url);
  const { email, password } = owner;
  const cookie = await anonymous.postForCookie('/auth/sign-in/email', { email, password });
  const user = anonymous.with({ cookie, 'x-tenant-id': tenantId });
  return (await user.get<{ token: string }>('/auth/token')).token;
}

/** Signs a new user up, who makes an organization and an API key, as a customer would. */
export async function createTenant(url: string): Promise<BenchTenant> {
  const owner = makePerson();
  const user = await signUp(url, owner);
  const { tenantId } = await user.post<{ tenantId: string }>('/organizations', { name: owner.name });
  const session = user.with({ 'x-tenant-id': tenantId });
  // The owner's rights follow the organization by an event.
  const apiKey = await retry(() => createApiKey(session));
  const { token } = await session.get<{ token: string }>('/auth/token');
  return { tenantId, owner, session, apiKey, accessToken: token, api: new Api(url, { 'x-api-key': apiKey }) };
}

/** A key that may do everything in the tenant. */
export async function createApiKey(session: Api): Promise<string> {
  const { key } = await session.post<{ key: string }>('/api-keys', {
    name: 'bench',
    scopes: permissions.filter((permission) => !operatorPermissions.has(permission)),
  });
  return key;
}

/** Makes accounts, 1000 a request, and tells their ids. */
export async function createAccounts(api: Api, amount: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < amount) {
    const length = Math.min(1000, amount - ids.length);
    const accounts = Array.from({ length }, (_, index) => ({
      key: `customer-${ids.length + index}`,
      name: `Customer ${ids.length + index}`,
      email: `billing@customer-${ids.length + index}.example`,
    }));
    const { data } = await api.post<{ data: { id: string }[] }>('/accounts/batch', { accounts });
    ids.push(...data.map(({ id }) => id));
  }
  return ids;
}

/** Tries for ten seconds. */
export async function retry<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
