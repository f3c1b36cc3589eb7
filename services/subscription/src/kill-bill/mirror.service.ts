import { decodeCursor, toPage, type Clock, type Database, type Page, type Transaction } from '@plinth/common';
import { z } from 'zod';
import type { ConnectionService, OpenConnection } from './connection.service.ts';
import { listEnabledTenants, noteRun } from './connection.store.ts';
import type { InvoiceMirror } from './invoice-mirror.service.ts';
import type { MirroredSubscription, MirrorSummary } from './kill-bill.ts';
import type { ExpressedPlan } from './mirror-steps.ts';
import { listMirroredPage } from './mirror.store.ts';
import type { PlanMirror } from './plan-mirror.service.ts';
import type { SubscriptionMirror } from './subscription-mirror.service.ts';
import type { UsageMirror } from './usage-mirror.service.ts';

export interface MirrorDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly connections: ConnectionService;
  readonly plans: PlanMirror;
  readonly subscriptions: SubscriptionMirror;
  readonly usage: UsageMirror;
  readonly invoices: InvoiceMirror;
}

export interface MirroredQuery {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly problemsOnly: boolean;
  readonly accountId: string | undefined;
}

// An account has few invoices in a day, and each account is a request.
const staleAfterMs = 6 * 3_600_000;

/** Keeps a tenant's Kill Bill up to date. Where a run stops, the next one goes on. */
export class MirrorService {
  readonly #options: MirrorDependencies;
  constructor(options: MirrorDependencies) {
    this.#options = options;
  }

  /** Tells Kill Bill all that is new, and reads its invoices: of all accounts, or where that is hours ago. Throws where none is connected, or it does not answer. */
  async run(tenantId: string, invoices: 'all' | 'stale' = 'all'): Promise<MirrorSummary> {
    const { database, clock, connections } = this.#options;
    const open = await connections.open(tenantId);
    try {
      const age = invoices === 'all' ? 0 : staleAfterMs;
      const summary = await this.#mirror(tenantId, open, new Date(clock.now().getTime() - age));
      await database.transaction(tenantId, async (transaction) => {
        await noteRun(transaction, clock.now(), null);
        if (hasTold(summary)) auditRun(transaction, summary);
      });
      return summary;
    } catch (error) {
      const { message } = error as Error;
      await database.transaction(tenantId, (transaction) => noteRun(transaction, clock.now(), message.slice(0, 1000)));
      throw error;
    }
  }

  async #mirror(tenantId: string, open: OpenConnection, readSince: Date): Promise<MirrorSummary> {
    const { plans: planMirror, subscriptions, usage, invoices } = this.#options;
    const { client } = open;
    const plans = await planMirror.expressSold(tenantId);
    const catalogueUploaded = await planMirror.upload(tenantId, open, plans);
    // A change or cancellation bills at once what was used until then, so that must be there before; and again for
    // what begins with this run.
    const before = await usage.run(tenantId, client, plans);
    const told = await subscriptions.run(tenantId, client, plans);
    const after = told.steps === 0 ? { usages: 0, failed: 0 } : await usage.run(tenantId, client, plans);
    return {
      catalogueUploaded,
      accounts: told.accounts,
      steps: told.steps,
      usages: before.usages + after.usages,
      invoices: await invoices.run(tenantId, client, readSince),
      failed: told.failed + before.failed + after.failed,
    };
  }

  /** What is mirrored and what is not, with the reasons. */
  async listMirrored(tenantId: string, query: MirroredQuery): Promise<Page<MirroredSubscription>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid(), z.string()]));
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      listMirroredPage(transaction, query, query.limit + 1, after ?? ['00000000-0000-0000-0000-000000000000', '']),
    );
    return toPage(
      rows,
      query.limit,
      ({ subscriptionId, track }) => [subscriptionId, track],
      (row) => row,
    );
  }

  /** Every plan version that was sold, and why Kill Bill cannot have it. */
  async checkPlans(tenantId: string): Promise<ExpressedPlan[]> {
    return [...(await this.#options.plans.expressSold(tenantId)).values()];
  }

  /** The tenants whose mirror is switched on. */
  async listTenants(): Promise<string[]> {
    return this.#options.database.platformTransaction(listEnabledTenants);
  }
}

function hasTold({ catalogueUploaded, accounts, steps, usages }: MirrorSummary): boolean {
  return catalogueUploaded || accounts + steps + usages > 0;
}

function auditRun(transaction: Transaction, summary: MirrorSummary): void {
  transaction.audit({
    action: 'kill_bill.mirrored',
    resourceType: 'kill_bill_connection',
    resourceId: transaction.tenantId ?? '',
    after: { ...summary },
  });
}
