import type { Permission } from '@plinth/contracts';

/** A credential of a program, as its owners see it. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The part of the key by which its owners recognize it. */
  readonly prefix: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** When it was last used, to within half a minute. */
  readonly lastUsedAt: Date | null;
}
