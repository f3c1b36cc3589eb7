/** How somebody proved who they are, by the names of RFC 8176; `fed`: at another issuer, `email`: by a link or code. */
export type SignInMethod = 'pwd' | 'otp' | 'hwk' | 'fed' | 'email' | 'rec';

/** Seconds without a request after which a session ends. */
export const sessionIdleSeconds = 1800;
/** A session's end is moved at most this often, so that reading does not write each time. */
export const sessionRefreshSeconds = 60;
/** Seconds after which a session ends however much it is used. */
export const sessionLongestSeconds = 30 * 24 * 3600;

/** A sign-in of a user that has not ended. */
export interface Session {
  readonly id: string;
  /** The user's own name for it, or one made from the browser's. */
  readonly name: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly methods: readonly SignInMethod[];
  readonly createdAt: Date;
  /** When its end was last moved, at most once a minute. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
  /** Whether the request that asks came with it. */
  readonly current: boolean;
}

/** A sign-in to begin. */
export interface NewSession {
  readonly userId: string;
  readonly methods: readonly SignInMethod[];
  /** Two kinds of proof, or a passkey that verified the person. */
  readonly strong: boolean;
  /** The user's second factor is still to come: until then the session is worth nothing. */
  readonly pending: boolean;
  readonly ip: string | undefined;
  readonly userAgent: string | undefined;
  /** Somebody of the support staff who acts as the user. */
  readonly actorId?: string;
  /** Shorter than other sessions last. */
  readonly longestSeconds?: number;
}
