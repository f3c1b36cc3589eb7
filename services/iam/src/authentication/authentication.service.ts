import { createHash } from 'node:crypto';
import { MalformedBodyError, RateLimitedError, RouteNotFoundError, type Clock, type Database } from '@plinth/common';
import { InvalidCredentialsError, SignInThrottledError } from './authentication.errors.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { toProviderError } from './provider-problem.ts';
import { deleteFailures, deleteFailuresBefore, findFailures, saveFailures } from './sign-in-failure.store.ts';
import { afterFailure, forgottenAfterSeconds, waitingSeconds } from './sign-in-throttle.ts';
import { listPublicKeys, type PublicKey } from './signing-key.store.ts';

export interface AuthenticationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly provider: IdentityProvider;
  readonly basePath: string;
}

const longestQueue = 5;

/** Stands between the outside and the identity provider: slows guessing down and gives errors our form. */
export class AuthenticationService {
  readonly #options: AuthenticationServiceOptions;
  readonly #queues = new Map<string, { waiting: number; last: Promise<unknown> }>();

  constructor(options: AuthenticationServiceOptions) {
    this.#options = options;
  }

  get issuer(): string {
    return this.#options.provider.issuer;
  }

  /** Answers a request below the identity provider's path, or throws the error that refuses it. */
  async handle(request: Request, requestedTenant: string | undefined): Promise<Response> {
    const path = new URL(request.url).pathname.slice(this.#options.basePath.length);
    if (request.method === 'POST' && path === '/sign-in/email') return this.#signIn(request);
    return this.#forward(request, requestedTenant);
  }

  /** Public keys of the access tokens that may be in use. Makes the first one when there is none. */
  async listSigningKeys(): Promise<PublicKey[]> {
    const { database, provider, clock } = this.#options;
    const list = () => database.transaction(undefined, (transaction) => listPublicKeys(transaction, clock.now()));
    const keys = await list();
    if (keys.length > 0) return keys;
    await provider.warmUp();
    return list();
  }

  /** Removes failures that no longer count. */
  async removeForgotten(): Promise<void> {
    const time = new Date(this.#options.clock.now().getTime() - forgottenAfterSeconds * 1000);
    await this.#options.database.transaction(undefined, (transaction) => deleteFailuresBefore(transaction, time));
  }

  async #forward(request: Request, requestedTenant?: string): Promise<Response> {
    const response = await this.#options.provider.handle(request, requestedTenant);
    if (response === undefined) throw new RouteNotFoundError(request.method, new URL(request.url).pathname);
    if (response.status < 400) return response;
    throw toProviderError(response.status, await response.json().catch(() => undefined));
  }

  async #signIn(request: Request): Promise<Response> {
    const emailHash = createHash('sha256')
      .update(await readEmail(request))
      .digest();
    return this.#inTurn(emailHash.toString('base64'), () => this.#tryToSignIn(request, emailHash));
  }

  async #tryToSignIn(request: Request, emailHash: Buffer): Promise<Response> {
    const { database, clock } = this.#options;
    const before = await database.transaction(undefined, (transaction) => findFailures(transaction, emailHash));
    const wait = waitingSeconds(before, clock.now());
    if (wait > 0) throw new SignInThrottledError(wait);
    try {
      const response = await this.#forward(request);
      if (before !== undefined)
        await database.transaction(undefined, (transaction) => deleteFailures(transaction, emailHash));
      return response;
    } catch (error) {
      if (error instanceof InvalidCredentialsError) await this.#recordFailure(emailHash, before);
      throw error;
    }
  }

  async #recordFailure(emailHash: Buffer, before: Parameters<typeof afterFailure>[0]): Promise<void> {
    const { database, clock } = this.#options;
    await database.transaction(undefined, async (transaction) => {
      await saveFailures(transaction, emailHash, afterFailure(before, clock.now()));
      transaction.audit({
        action: 'sign_in.failed',
        resourceType: 'email_hash',
        resourceId: emailHash.toString('hex'),
        actor: { kind: 'anonymous', id: 'anonymous' },
      });
    });
  }

  /** One attempt for an address at a time: guesses sent side by side would all be made before the first one counts. */
  async #inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(key) ?? { waiting: 0, last: Promise.resolve() };
    if (queue.waiting >= longestQueue) throw new RateLimitedError(1);
    this.#queues.set(key, queue);
    queue.waiting += 1;
    const turn = queue.last.then(work, work);
    queue.last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) this.#queues.delete(key);
    }
  }
}

async function readEmail(request: Request): Promise<string> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new MalformedBodyError('The body is not JSON.');
  const body: unknown = await request
    .clone()
    .json()
    .catch((error: unknown) => {
      throw new MalformedBodyError('The body is not valid JSON.', error);
    });
  const email = (body as { email?: unknown } | null)?.email;
  // Whatever is no text is refused by the provider; until then it counts as one address.
  return typeof email === 'string' ? email.toLowerCase() : '';
}
