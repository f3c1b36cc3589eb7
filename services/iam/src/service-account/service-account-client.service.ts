import { permissions, rolePermissions, type Principal } from '@plinth/contracts';
import type { Clock, Database, Logger, Transaction } from '@plinth/common';
import { z } from 'zod';
import { UseLog } from '../api-key/use-log.ts';
import { resolveServiceAccount } from '../membership/membership.service.ts';
import type { ServiceAccountClient } from '../openid/service-account.ts';
import { isBuiltInRole } from '../role/role.ts';
import * as store from './service-account.store.ts';

/** Service accounts as the OpenID provider and the gateway ask for them. */
export class ServiceAccountClientService {
  readonly #clock: Clock;
  readonly #uses: UseLog;

  constructor(database: Database, clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#uses = new UseLog(log, (uses) =>
      database.platformTransaction((transaction) => store.updateLastUsed(transaction, uses)),
    );
  }

  /** The account behind a client id; undefined when it is none or disabled. Needs a platform transaction. */
  async find(transaction: Transaction, clientId: string): Promise<ServiceAccountClient | undefined> {
    if (!z.uuid().safeParse(clientId).success) return undefined;
    const account = await store.findLiveServiceAccount(transaction, clientId);
    if (account === undefined) return undefined;
    const secrets = await store.listSecrets(transaction, account.id, this.#clock.now());
    const membership = await resolveServiceAccount(transaction, account.id, account.tenantId);
    const principal: Principal = {
      kind: 'service-account',
      subject: account.id,
      ...membership,
      tenant: account.tenantId,
      ...(account.organizationId === null ? {} : { organization: account.organizationId }),
    };
    return {
      secretHashes: secrets.map((secret) => secret.hash),
      publicKeys: account.publicKeys,
      permissions: permissionsOf(principal),
      principal,
    };
  }

  /** The same for a token of the account, which counts as a use of it. */
  async findForToken(transaction: Transaction, clientId: string): Promise<ServiceAccountClient | undefined> {
    const account = await this.find(transaction, clientId);
    if (account !== undefined) this.#uses.note(clientId, this.#clock.now());
    return account;
  }

  /** Writes what is known of last uses. */
  flushUses(): Promise<void> {
    return this.#uses.flush();
  }
}

/** The platform's permissions that the account holds anywhere in its tenant: what it may name as scopes. */
function permissionsOf({ roles, grants = [] }: Principal): string[] {
  const held = new Set<string>([
    ...roles.filter(isBuiltInRole).flatMap((role) => rolePermissions[role]),
    ...grants.flatMap((grant) => grant.permissions),
  ]);
  return permissions.filter((permission) => held.has(permission));
}
