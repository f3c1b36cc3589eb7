import type { Principal } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { JWK } from 'jose';

/** Somebody who is no person and gets tokens by client credentials. */
export interface ServiceAccountClient {
  /** SHA-256 of each secret that counts now. */
  readonly secretHashes: readonly Buffer[];
  /** Keys with which it signs its requests instead (private_key_jwt). */
  readonly publicKeys: readonly JWK[] | null;
  /** What it may ask for in `scope`. */
  readonly permissions: readonly string[];
  /** Who it is to services, at this moment. */
  readonly principal: Principal;
}

/** Finds the service account behind a client id that no registered client has. Needs a platform transaction. */
export type FindServiceAccount = (
  transaction: Transaction,
  clientId: string,
) => Promise<ServiceAccountClient | undefined>;
