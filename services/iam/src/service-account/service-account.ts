import type { JWK } from 'jose';

/** A program of a tenant that gets tokens by itself. What it may do, role assignments say. */
export interface ServiceAccount {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** Keys with which it signs its requests for tokens (RFC 7523); then it has no use for a secret. */
  readonly publicKeys: readonly JWK[] | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly disabledAt: Date | null;
  /** When it last got or used a token, to within half a minute. */
  readonly lastUsedAt: Date | null;
  readonly version: number;
}

/** A secret as its owners see it. */
export interface ServiceAccountSecret {
  readonly id: string;
  /** The part by which its owners recognize it. */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}
