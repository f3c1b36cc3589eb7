/** A sign-in of a user that has not ended. */
export interface Session {
  readonly id: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  /** When its end was last moved, at most once a minute. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
  /** Whether the request that asks came with it. */
  readonly current: boolean;
}
