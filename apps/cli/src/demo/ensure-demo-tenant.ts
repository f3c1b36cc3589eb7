import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ApiClient } from '../api/api-client.ts';
import { ApiError } from '../api/api.errors.ts';
import { listAll } from '../api/list-all.ts';
import { demoFileIn, loadDemoCredentials, saveDemoCredentials, type DemoCredentials } from './demo-credentials.ts';
import { DemoNotReadyError, DemoPasswordUnknownError } from './demo.errors.ts';

export interface DemoOptions {
  readonly url: string;
  readonly dataDirectory: string;
  readonly stop: AbortSignal;
}

/** The demo tenant, ready to use. */
export interface Demo {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
  /** Speaks with the API key. */
  readonly client: ApiClient;
}

const organizationName = 'Demo';
const keyName = 'demo';
const readyWithinSeconds = 30;

/** What the demo may do: everything that billing takes. */
const resources = [
  'account',
  'product',
  'plan',
  'coupon',
  'subscription',
  'invoice',
  'legal-entity',
  'meter',
  'quota',
  'usage',
];
const scopes = resources.flatMap((resource) => [`${resource}:read`, `${resource}:write`]);

const organizationSchema = z.object({ id: z.string(), tenantId: z.string(), name: z.string() });
const apiKeySchema = z.object({ id: z.string(), name: z.string(), revokedAt: z.string().nullable() });

/**
 * Makes user, organization and API key of the demo, or finds them. Each result is stored before the next step, and
 * each step first looks for what a crashed one left behind, so it can be run again from any point.
 */
export async function ensureDemoTenant({ url, dataDirectory, stop }: DemoOptions): Promise<Demo> {
  const anonymous = new ApiClient({ url, stop });
  let credentials = await loadDemoCredentials(dataDirectory);
  const save = async (changes: Partial<DemoCredentials>): Promise<void> => {
    credentials = { ...credentials, ...changes };
    await saveDemoCredentials(dataDirectory, credentials);
  };
  if (credentials.apiKey === undefined || !(await isAccepted(clientFor(anonymous, credentials.apiKey)))) {
    const user = await signIn(anonymous, credentials, demoFileIn(dataDirectory));
    const organization = await ensureOrganization(user);
    await save({ organizationId: organization.id, tenantId: organization.tenantId });
    const owner = anonymous.withHeaders({ cookie: user.cookie, 'x-tenant-id': organization.tenantId });
    await save({ apiKey: await createApiKey(owner, stop) });
  }
  const { email, password, apiKey = '' } = credentials;
  return { email, password, apiKey, client: clientFor(anonymous, apiKey) };
}

function clientFor(anonymous: ApiClient, apiKey: string): ApiClient {
  return anonymous.withHeaders({ authorization: `Bearer ${apiKey}` });
}

async function isAccepted(client: ApiClient): Promise<boolean> {
  try {
    for (const path of ['/metering/quotas?limit=1', '/coupons?limit=1', '/legal-entities'] as const)
      await client.call({ method: 'GET', path, response: z.unknown() });
    return true;
  } catch (error) {
    // 403: a key that was made with fewer scopes.
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return false;
    throw error;
  }
}

interface SignedIn {
  readonly client: ApiClient;
  readonly cookie: string;
}

/** Signs up; a user that a former run made signs in. Signing in first would count as a failed attempt. */
async function signIn(anonymous: ApiClient, { email, password }: DemoCredentials, file: string): Promise<SignedIn> {
  const post = (path: '/auth/sign-up/email' | '/auth/sign-in/email', body: unknown) =>
    anonymous.callForHeaders({ method: 'POST', path, body, response: z.unknown() });
  try {
    const { headers } = await post('/auth/sign-up/email', { email, password, name: organizationName }).catch(
      (error) => {
        // 403: nobody may sign up here, yet the user may be there.
        if (!(error instanceof ApiError) || (error.kind !== 'conflict' && error.kind !== 'forbidden')) throw error;
        return post('/auth/sign-in/email', { email, password }).catch((refusal: unknown) => {
          throw error.kind === 'forbidden' ? error : refusal;
        });
      },
    );
    const cookie = headers
      .getSetCookie()
      .map((line) => line.slice(0, line.indexOf(';')))
      .join('; ');
    return { cookie, client: anonymous.withHeaders({ cookie }) };
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'unauthenticated') {
      throw new DemoPasswordUnknownError(email, file, error);
    }
    throw error;
  }
}

async function ensureOrganization({ client }: SignedIn): Promise<z.output<typeof organizationSchema>> {
  for await (const organization of listAll(client, '/organizations', organizationSchema)) {
    if (organization.name === organizationName) return organization;
  }
  return client.call({
    method: 'POST',
    path: '/organizations',
    body: { name: organizationName },
    headers: { 'idempotency-key': 'demo-organization' },
    response: organizationSchema,
  });
}

/** A key is shown once: one whose answer was lost is revoked. The owner's rights may follow the organization late. */
async function createApiKey(owner: ApiClient, stop: AbortSignal): Promise<string> {
  const deadline = performance.now() + readyWithinSeconds * 1000;
  for (;;) {
    try {
      for await (const { id, name, revokedAt } of listAll(owner, '/api-keys', apiKeySchema)) {
        if (name !== keyName || revokedAt !== null) continue;
        await owner.call({ method: 'DELETE', path: `/api-keys/${id}`, response: z.unknown() });
      }
      const body = { name: keyName, scopes };
      const created = await owner.call({
        method: 'POST',
        path: '/api-keys',
        body,
        response: z.object({ key: z.string().min(1) }),
      });
      return created.key;
    } catch (error) {
      const mayCome = error instanceof ApiError && (error.kind === 'forbidden' || error.kind === 'unauthenticated');
      if (!mayCome) throw error;
      if (performance.now() > deadline) throw new DemoNotReadyError(readyWithinSeconds, error);
      await sleep(100, undefined, { signal: stop });
    }
  }
}
