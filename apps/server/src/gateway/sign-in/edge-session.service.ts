import { createHash, randomBytes } from 'node:crypto';
import { Cipher, ServiceUnavailableError, type Logger, type Secret } from '@plinth/common';
import { z } from 'zod';
import { ShortMemory } from '../short-memory.ts';
import type { EdgeSessionStore } from './edge-session.store.ts';
import type { LogoutNotice } from './logout-token.ts';
import type { IssuedTokens, RelyingParty, SignedIn } from './relying-party.ts';

const sessionSchema = z.strictObject({
  /** The one origin where it counts. */
  origin: z.string(),
  subject: z.string(),
  sid: z.string().optional(),
  accessToken: z.string(),
  expiresAt: z.number(),
  refreshToken: z.string().optional(),
  idToken: z.string().optional(),
  startedAt: z.number(),
});

/** A browser that signed in at one origin, and the tokens that were issued for it. Times in milliseconds since 1970. */
export type EdgeSession = z.infer<typeof sessionSchema>;

export interface EdgeSessionsOptions {
  readonly store: EdgeSessionStore;
  readonly relyingParty: Pick<RelyingParty, 'refresh'>;
  readonly secret: Secret;
  readonly log: Logger;
  readonly now: () => number;
}

/** An end must be known everywhere within a second. */
const rememberedMs = 500;
/** However much it is used. */
const longestMs = 24 * 3600 * 1000;
/** Without a request; the provider has limits of its own. */
const idleMs = 30 * 60 * 1000;
/** Before a token expires it is exchanged, so that it is good for as long as a request takes. */
const aheadMs = 30_000;
const refreshMs = 10_000;
const pollMs = 100;

/**
 * Sessions of browsers at the edge. The cookie is a random key, of which the store gets a hash; what is behind it is
 * encrypted with the platform's secret.
 */
export class EdgeSessions {
  readonly #options: EdgeSessionsOptions;
  readonly #cipher: Cipher;
  readonly #known = new ShortMemory<EdgeSession | undefined>(rememberedMs);
  readonly #refreshing = new Map<string, Promise<EdgeSession | undefined>>();

  constructor(options: EdgeSessionsOptions) {
    this.#options = options;
    this.#cipher = new Cipher(options.secret, 'edge-session');
  }

  /** Starts a session under a new key, whatever the browser showed before; returns the key. */
  async start(origin: string, { subject, sid, ...tokens }: SignedIn): Promise<string> {
    const startedAt = this.#options.now();
    const key = randomBytes(32).toString('base64url');
    const session = { ...withTokens({ origin, subject, startedAt }, tokens), ...(sid === undefined ? {} : { sid }) };
    const id = hash(key);
    await this.#options.store.set(sessionKey(id), this.#seal(id, session), this.#lifetimeOf(session));
    return key;
  }

  /** The session of a key at this origin with a token that has not expired; undefined when it has ended. */
  async find(key: string, origin: string): Promise<EdgeSession | undefined> {
    const id = hash(key);
    const { now } = this.#options;
    const session = await this.#known.get(id, now(), () => this.#read(id));
    // A cookie that was carried over from another host is worth nothing here.
    if (session === undefined || session.origin !== origin || session.startedAt + longestMs <= now()) return undefined;
    return session.expiresAt - aheadMs > now() ? session : this.#refreshOnce(id, session);
  }

  /** Ends a session; returns what it was. */
  async end(key: string): Promise<EdgeSession | undefined> {
    const id = hash(key);
    const session = await this.#read(id);
    await this.#options.store.delete(sessionKey(id));
    this.#known.forget(id);
    return session;
  }

  /** Ends what the provider says has ended there: one session, or every one of a person up to now. */
  async endByNotice({ id, subject, sid }: LogoutNotice): Promise<void> {
    const { store, now } = this.#options;
    if (!(await store.claim(`notice:${hash(id)}`, longestMs))) return;
    const key = sid === undefined ? endedKey('subject', subject ?? '') : endedKey('sid', sid);
    await store.set(key, String(now()), longestMs);
  }

  /** Whether nobody has used this up before; for answers of the provider, which count once. */
  useOnce(purpose: string, value: string, milliseconds: number): Promise<boolean> {
    return this.#options.store.claim(`${purpose}:${hash(value)}`, milliseconds);
  }

  async #read(id: string): Promise<EdgeSession | undefined> {
    const { store } = this.#options;
    const sealed = await store.get(sessionKey(id));
    const session = sealed === undefined ? undefined : this.#open(id, sealed);
    if (session === undefined) return undefined;
    const ends = await Promise.all([
      store.get(endedKey('subject', session.subject)),
      session.sid === undefined ? undefined : store.get(endedKey('sid', session.sid)),
    ]);
    return ends.some((end) => end !== undefined && Number(end) >= session.startedAt) ? undefined : session;
  }

  /** A refresh token counts once: one refresh at a time for each session, in this process and among gateways. */
  #refreshOnce(id: string, session: EdgeSession): Promise<EdgeSession | undefined> {
    let running = this.#refreshing.get(id);
    if (running === undefined) {
      running = this.#refresh(id, session).finally(() => this.#refreshing.delete(id));
      this.#refreshing.set(id, running);
    }
    return running;
  }

  async #refresh(id: string, session: EdgeSession): Promise<EdgeSession | undefined> {
    const { store, now } = this.#options;
    const isValid = session.expiresAt > now();
    if (session.refreshToken === undefined) return isValid ? session : this.#forget(id);
    if (!(await store.claim(refreshKey(id), refreshMs))) return isValid ? session : this.#waitForOther(id);
    try {
      // Somebody else may have been faster.
      const latest = await this.#read(id);
      if (latest === undefined || latest.expiresAt - aheadMs > now()) return this.#remember(id, latest);
      const tokens = await this.#options.relyingParty.refresh(latest.refreshToken ?? session.refreshToken);
      if (tokens === undefined) return await this.#forget(id);
      const renewed = withTokens(latest, tokens);
      await store.replace(sessionKey(id), this.#seal(id, renewed), this.#lifetimeOf(renewed));
      return this.#remember(id, renewed);
    } catch (error) {
      if (!isValid) throw error;
      this.#options.log.warn({ err: error }, 'an access token could not be refreshed; it is still good for a moment');
      return session;
    } finally {
      await store.delete(refreshKey(id)).catch(() => undefined);
    }
  }

  async #waitForOther(id: string): Promise<EdgeSession | undefined> {
    const { now } = this.#options;
    for (const until = now() + refreshMs; now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      const latest = await this.#read(id);
      if (latest === undefined || latest.expiresAt > now()) return this.#remember(id, latest);
    }
    throw new ServiceUnavailableError('that identifies people');
  }

  async #forget(id: string): Promise<undefined> {
    await this.#options.store.delete(sessionKey(id));
    this.#known.forget(id);
    return undefined;
  }

  #remember(id: string, session: EdgeSession | undefined): EdgeSession | undefined {
    this.#known.forget(id);
    return session;
  }

  #lifetimeOf(session: EdgeSession): number {
    const now = this.#options.now();
    const left = session.expiresAt - now + (session.refreshToken === undefined ? 0 : idleMs);
    return Math.max(1, Math.min(left, session.startedAt + longestMs - now));
  }

  #seal(id: string, session: EdgeSession): string {
    return this.#cipher.encrypt(JSON.stringify(session), id).toString('base64');
  }

  /** Undefined for what another platform, or another version, has written. */
  #open(id: string, sealed: string): EdgeSession | undefined {
    try {
      return sessionSchema.parse(JSON.parse(this.#cipher.decrypt(Buffer.from(sealed, 'base64'), id)));
    } catch {
      return undefined;
    }
  }
}

function withTokens(
  session: Omit<EdgeSession, 'accessToken' | 'expiresAt'>,
  { accessToken, expiresAt, refreshToken, idToken }: IssuedTokens,
): EdgeSession {
  return {
    ...session,
    accessToken,
    expiresAt,
    // A provider that does not rotate them sends none.
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(idToken === undefined ? {} : { idToken }),
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const sessionKey = (id: string): string => `session:${id}`;
const refreshKey = (id: string): string => `refresh:${id}`;
const endedKey = (kind: 'subject' | 'sid', value: string): string => `ended:${kind}:${hash(value)}`;
