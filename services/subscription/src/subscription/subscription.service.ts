import {
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import type { PlanVersion } from '@plinth/contracts';
import { z } from 'zod';
import type { EntitlementService } from '../entitlement/entitlement.service.ts';
import type { ChangeRequest } from './change-request.ts';
import type { SaleService } from './sale.service.ts';
import type { NewSubscription } from './sale.ts';
import type { SubscriptionChanges } from './subscription-changes.service.ts';
import * as store from './subscription.store.ts';
import { baseTrack, phaseAt, type Subscription, type SubscriptionStatus } from './subscription.ts';
import type { Term, TermWish } from './term.ts';

export interface SubscriptionQuery {
  readonly accountId?: string | undefined;
  readonly status?: SubscriptionStatus | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A request with what the catalogue said about it. */
export interface PreparedChange {
  readonly request: ChangeRequest;
  readonly offered: PlanVersion | undefined;
}

const actions: Readonly<Record<ChangeRequest['action'], string>> = {
  change: 'subscription.changed',
  cancel: 'subscription.canceled',
  reactivate: 'subscription.reactivated',
  pause: 'subscription.paused',
  resume: 'subscription.resumed',
  add_add_on: 'subscription.add_on_added',
  change_add_on: 'subscription.add_on_changed',
  remove_add_on: 'subscription.add_on_removed',
  remove_scheduled: 'subscription.scheduled_change_removed',
  commit: 'subscription.commitment_changed',
  set_term: 'subscription.term_changed',
  renew: 'subscription.renewal_changed',
};

export interface SubscriptionDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly changes: SubscriptionChanges;
  readonly sales: SaleService;
  readonly entitlements: EntitlementService;
}

/** Leads subscriptions through their life cycle. */
export class SubscriptionService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #changes: SubscriptionChanges;
  readonly #sales: SaleService;
  readonly #entitlements: EntitlementService;

  constructor({ database, clock, changes, sales, entitlements }: SubscriptionDependencies) {
    this.#database = database;
    this.#clock = clock;
    this.#changes = changes;
    this.#sales = sales;
    this.#entitlements = entitlements;
  }

  now(): Date {
    return this.#clock.now();
  }

  async getSubscription(tenantId: string, id: string): Promise<Subscription> {
    const subscription = await this.#database.transaction(tenantId, (transaction) =>
      store.findSubscription(transaction, id),
    );
    if (subscription === undefined) throw new NotFoundError('subscription', id);
    return subscription;
  }

  async listSubscriptions(
    tenantId: string,
    { limit, cursor, ...filter }: SubscriptionQuery,
  ): Promise<Page<Subscription>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listSubscriptions(transaction, filter, limit + 1, before),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (subscription) => subscription,
    );
  }

  /** Does what is asked. An ended subscription that is reactivated starts anew, as another subscription. */
  async change(
    tenantId: string,
    id: string,
    request: ChangeRequest,
    ifMatch: number | undefined,
  ): Promise<Subscription> {
    const current = await this.getSubscription(tenantId, id);
    if (ifMatch !== undefined && ifMatch !== current.version) throw new VersionMismatchError();
    const anew = this.findRestart(current, request);
    if (anew !== undefined) return this.#sales.createSubscription(tenantId, anew);
    const prepared = await this.prepare(tenantId, current, request);
    return this.#database.transaction(tenantId, (transaction) => this.changeIn(transaction, id, prepared, ifMatch));
  }

  /** Asks the catalogue what a request needs to know. Called before a transaction is opened. */
  async prepare(tenantId: string, current: Subscription, request: ChangeRequest): Promise<PreparedChange> {
    return { request, offered: await this.#changes.loadOffered(tenantId, current, request, this.#clock.now()) };
  }

  /** Does a prepared request inside a transaction. */
  async changeIn(
    transaction: Transaction,
    id: string,
    { request, offered }: PreparedChange,
    ifMatch: number | undefined,
  ): Promise<Subscription> {
    const before = await store.findSubscriptionForUpdate(transaction, id);
    if (before === undefined) throw new NotFoundError('subscription', id);
    if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
    const now = this.#clock.now();
    const changed = await this.#changes.apply({ transaction, before, now, offered }, request);
    if (changed === before) return before;
    const after = { ...changed, version: before.version + 1, updatedAt: now };
    await store.updateSubscriptions(transaction, [after]);
    recordChange(transaction, request, before, after);
    await this.#entitlements.refreshIn(transaction, [after.accountId]);
    return after;
  }

  /** The new subscription that a request to reactivate an ended one comes to. */
  findRestart(current: Subscription, { action }: ChangeRequest): NewSubscription | undefined {
    const { accountId, endsAt, term } = current;
    if (action !== 'reactivate' || endsAt === null || endsAt > this.#clock.now()) return undefined;
    const { planId, planVersion, quantity } = phaseAt(current, baseTrack, new Date(endsAt.getTime() - 1));
    return { accountId, planId, planVersion, quantity, ...(term === null ? {} : { term: anewOf(term) }) };
  }
}

function anewOf({ length, noticeDays }: Term): TermWish {
  return { length, noticeDays };
}

function recordChange(
  transaction: Transaction,
  { action }: ChangeRequest,
  before: Subscription,
  after: Subscription,
): void {
  const { id, accountId, endsAt } = after;
  transaction.audit({ action: actions[action], resourceType: 'subscription', resourceId: id, before, after });
  if (action === 'cancel')
    transaction.publish('subscription.canceled', id, {
      subscriptionId: id,
      accountId,
      endsAt: endsAt!.toISOString(),
    });
  else transaction.publish('subscription.changed', id, { subscriptionId: id, accountId, change: action });
}
