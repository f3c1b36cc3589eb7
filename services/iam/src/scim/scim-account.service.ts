import type { Clock, Transaction } from '@plinth/common';
import { newId } from '@plinth/common';
import { belongsToTenant } from '../group/group.store.ts';
import { createUser } from '../user/create-user.ts';
import * as store from './account.store.ts';
import type { Document } from './resource-document.ts';
import { ForeignPersonError } from './scim.errors.ts';
import { addressOf, domainOf, nameOf, placeholderAddress, type ScimUser } from './scim-user.ts';
import { findKnownForUpdate } from './scim-user.store.ts';
import { refuseTaken } from './unique.ts';

/**
 * Whose account a person of a directory is. A directory makes accounts for addresses that nobody has here. It takes
 * over the person of an address only when they are a member of its tenant, or were one by this directory, or when the
 * tenant has verified the domain of the address: nobody else's account ever becomes part of a tenant by this way.
 */
export class ScimAccountService {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The account for a new person, and what the directory knew of it before. */
  async claim(
    transaction: Transaction,
    document: Document,
  ): Promise<{ id: string; isNew: boolean; before: ScimUser | undefined }> {
    const address = addressOf(document);
    const account = address && (await store.findAccountByEmailForUpdate(transaction, address));
    if (!account) return { id: await this.#make(transaction, document, address), isNew: true, before: undefined };
    const before = await findKnownForUpdate(transaction, account.id);
    const mayClaim =
      before !== undefined ||
      (await belongsToTenant(transaction, account.id)) ||
      (await store.ownsDomains(transaction, [domainOf(account.email)]));
    if (!mayClaim) throw new ForeignPersonError(account.email);
    return { id: account.id, isNew: false, before };
  }

  /**
   * Brings address and name of the account up to what the directory says, where it has the say: the account is of its
   * making, nobody has used it and no other tenant knows it; or both addresses are of domains that the tenant verified.
   * Else the account stays as it is: its person changes it.
   */
  async follow(transaction: Transaction, user: ScimUser, document: Document): Promise<void> {
    const account = await store.findAccountForUpdate(transaction, user.id);
    if (account === undefined) return;
    const email = addressOf(document) ?? account.email;
    const name = nameOf(document);
    const isMoved = email !== account.email;
    if (!isMoved && name === account.name) return;
    const ownsAll = await store.ownsDomains(transaction, [domainOf(account.email), domainOf(email)]);
    const isItsOwn = user.madeAccount && !account.used && !(await store.hasRolesElsewhere(transaction, user.id));
    if (!ownsAll && !isItsOwn) return;
    const now = this.#clock.now();
    const change = { id: user.id, email, name, isMoved, verifiedAt: ownsAll ? now : null, now };
    await refuseTaken(store.updateAccount(transaction, change), 'emails', email);
    transaction.audit({
      action: 'user.updated',
      resourceType: 'user',
      resourceId: user.id,
      before: { email: account.email, name: account.name },
      after: { email, name },
    });
  }

  async #make(transaction: Transaction, document: Document, address: string | undefined): Promise<string> {
    const now = this.#clock.now();
    const id = newId(now.getTime());
    const email = address ?? placeholderAddress(id);
    const name = nameOf(document);
    const owned = await store.ownsDomains(transaction, [domainOf(email)]);
    const write = createUser(transaction, { id, email, name, emailVerifiedAt: owned ? now : null, now });
    await refuseTaken(write, 'emails', email);
    transaction.audit({ action: 'user.created', resourceType: 'user', resourceId: id, after: { email, name } });
    return id;
  }
}
