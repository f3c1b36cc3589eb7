import { answerParent } from './answer-parent.ts';

/** What one sign-in is: a session of ours; one and an access token for it; a password grant of Keycloak. */
export type SignInWay = 'session' | 'token' | 'keycloak';

export interface SignInPerson {
  readonly email: string;
  readonly password: string;
}

/** Signs people in, one after the other, over some connections for some seconds. */
export interface SignInQuestion {
  readonly way: SignInWay;
  /** Where the platform is; of Keycloak, where the realm is. */
  readonly url: string;
  readonly client: string;
  readonly people: readonly SignInPerson[];
  readonly connections: number;
  readonly seconds: number;
}

export interface SignInAnswer {
  readonly signIns: number;
  readonly seconds: number;
}

answerParent(load, async () => {});

async function load({ way, url, client, people, connections, seconds }: SignInQuestion): Promise<SignInAnswer> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let signIns = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      // Never the same person twice at a time: guesses at one address wait for one another.
      const person = people[next++ % people.length]!;
      await (way === 'keycloak' ? askForTokens(url, client, person) : signIn(url, person, way === 'token'));
      signIns += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  // The last ones end after the time; they count, and so does their time.
  return { signIns, seconds: (performance.now() - startedAt) / 1000 };
}

async function signIn(url: string, { email, password }: SignInPerson, withToken: boolean): Promise<void> {
  const response = await fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  await read(response, 'user');
  if (!withToken) return;
  const cookie = response.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  await read(await fetch(`${url}/api/v1/auth/token`, { headers: { cookie } }), 'token');
}

async function askForTokens(realm: string, client: string, { email, password }: SignInPerson): Promise<void> {
  const form = { grant_type: 'password', client_id: client, scope: 'openid', username: email, password };
  const path = '/protocol/openid-connect/token';
  await read(await fetch(realm + path, { method: 'POST', body: new URLSearchParams(form) }), 'access_token');
}

async function read(response: Response, field: string): Promise<void> {
  const text = await response.text();
  if (!response.ok || !(JSON.parse(text) as Record<string, unknown>)[field])
    throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 300)}`);
}
