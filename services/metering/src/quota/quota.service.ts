import type { QuotaGrant } from '@plinth/contracts';
import {
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Database,
  type Page,
  type TenantClock,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { listAlerts, type QuotaAlert } from './quota-alert.store.ts';
import type { NewQuota, QuotaChange } from './quota.dto.ts';
import { QuotaOfPlanError } from './quota.errors.ts';
import type { QuotaStateService } from './quota-state.service.ts';
import { touchQuota } from './quota-touch.store.ts';
import type { Quota } from './quota.ts';
import * as store from './quota.store.ts';

interface ListQuery {
  readonly accountId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Keeps the quotas that were set by hand. */
export class QuotaService {
  readonly #database: Database;
  readonly #states: QuotaStateService;
  readonly #clock: TenantClock;

  constructor(database: Database, states: QuotaStateService, clock: TenantClock) {
    this.#database = database;
    this.#states = states;
    this.#clock = clock;
  }

  async create(tenantId: string, input: NewQuota): Promise<Quota> {
    const now = await this.#clock.nowOf(tenantId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const meterId = (await store.findMeterIds(transaction, [input.meter])).get(input.meter);
      if (meterId === undefined) throw new InvalidInputError([{ path: '/meter', message: 'is not a meter' }]);
      const quota: Quota = {
        id: newId(now.getTime()),
        accountId: input.accountId,
        meterId,
        meter: input.meter,
        feature: null,
        limit: input.limit,
        reset: toReset(input),
        rollOver: input.rollOver,
        overage: input.overage,
        alertsAt: input.alertsAt.toSorted((left, right) => left - right),
        source: 'manual',
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      await store.insertQuota(transaction, quota);
      this.#record(transaction, 'quota.created', { after: quota });
      await touchQuota(transaction, quota);
      return quota;
    });
  }

  async get(tenantId: string, id: string): Promise<Quota> {
    const quota = await this.#database.transaction(tenantId, (transaction) => store.findQuota(transaction, id));
    if (quota === undefined) throw new NotFoundError('quota', id);
    return quota;
  }

  async list(tenantId: string, { accountId, limit, cursor }: ListQuery): Promise<Page<Quota>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listQuotas(transaction, { accountId, after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (quota) => [quota.id],
      (quota) => quota,
    );
  }

  async update(tenantId: string, id: string, change: QuotaChange, ifMatch: number | undefined): Promise<Quota> {
    const now = await this.#clock.nowOf(tenantId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await this.#lockManual(transaction, id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const rollOver = change.rollOver === undefined ? before.rollOver : change.rollOver;
      if (rollOver !== null && before.reset.reset === 'never')
        throw new InvalidInputError([{ path: '/rollOver', message: 'needs windows to roll over into' }]);
      const after: Quota = {
        ...before,
        limit: change.limit ?? before.limit,
        rollOver,
        overage: change.overage ?? before.overage,
        alertsAt: change.alertsAt?.toSorted((left, right) => left - right) ?? before.alertsAt,
        version: before.version + 1,
        updatedAt: now,
      };
      await store.updateQuota(transaction, after);
      this.#record(transaction, 'quota.updated', { before, after });
      await touchQuota(transaction, after);
      return after;
    });
  }

  async delete(tenantId: string, id: string): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      const before = await this.#lockManual(transaction, id);
      await store.deleteQuota(transaction, id);
      this.#record(transaction, 'quota.deleted', { before });
    });
  }

  async listAlerts(tenantId: string, quotaId: string, query: ListQuery): Promise<Page<QuotaAlert>> {
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const { accountId, limit } = query;
    const rows = await this.#database.transaction(tenantId, async (transaction) => {
      if ((await store.findQuota(transaction, quotaId)) === undefined) throw new NotFoundError('quota', quotaId);
      return listAlerts(transaction, { quotaId, accountId, before, limit: limit + 1 });
    });
    return toPage(
      rows,
      limit,
      (alert) => [alert.id],
      (alert) => alert,
    );
  }

  /**
   * Replaces the quotas that an account's plans grant: those that stay keep what they rolled over and the alerts that
   * fired. Gives how many were added, changed or removed. Throws `InvalidInputError` for meters that do not exist. Their
   * time is the tenant's as it was last loaded.
   */
  async replaceGranted(tenantId: string, accountId: string, grants: readonly QuotaGrant[]): Promise<number> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const existing = new Map(
        (await store.lockEntitlementQuotas(transaction, accountId)).map((quota) => [quota.feature, quota]),
      );
      const meterIds = await store.findMeterIds(
        transaction,
        grants.map(({ meter }) => meter),
      );
      checkGrants(grants, meterIds);
      let changed = 0;
      for (const grant of grants) {
        const before = existing.get(grant.feature);
        existing.delete(grant.feature);
        const meterId = meterIds.get(grant.meter)!;
        const after = fromGrant({ accountId, meterId, grant, before, now: this.#clock.loadedNowOf(tenantId) });
        if (before !== undefined && isSame(before, after)) continue;
        changed += 1;
        if (before === undefined) await store.insertQuota(transaction, after);
        else await store.updateQuota(transaction, after);
        this.#record(transaction, before === undefined ? 'quota.created' : 'quota.updated', { before, after });
        await touchQuota(transaction, after);
      }
      for (const before of existing.values()) {
        changed += 1;
        await store.deleteQuota(transaction, before.id);
        this.#record(transaction, 'quota.deleted', { before });
      }
      return changed;
    });
  }

  async #lockManual(transaction: Transaction, id: string): Promise<Quota> {
    const quota = await store.findQuota(transaction, id, true);
    if (quota === undefined) throw new NotFoundError('quota', id);
    if (quota.source !== 'manual') throw new QuotaOfPlanError(id);
    return quota;
  }

  #record(transaction: Transaction, action: string, change: { before?: Quota | undefined; after?: Quota }): void {
    const { id, accountId } = (change.after ?? change.before)!;
    transaction.audit({ action, resourceType: 'quota', resourceId: id, ...change });
    const { tenantId } = transaction;
    transaction.afterCommit(async () => this.#states.forget(tenantId!, accountId));
  }
}

interface GrantedQuota {
  readonly accountId: string;
  readonly meterId: string;
  readonly grant: QuotaGrant;
  /** The quota that it has been so far. */
  readonly before: Quota | undefined;
  readonly now: Date;
}

function fromGrant({ accountId, meterId, grant, before, now }: GrantedQuota): Quota {
  return {
    id: before?.id ?? newId(now.getTime()),
    accountId,
    meterId,
    meter: grant.meter,
    feature: grant.feature,
    limit: grant.limit,
    reset: toReset(grant),
    rollOver: grant.rollOver !== null && /[1-9]/.test(grant.rollOver) ? grant.rollOver : null,
    overage: grant.overage,
    alertsAt: [...new Set(grant.alertsAt)].sort((left, right) => left - right),
    source: 'entitlement',
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

function toReset(input: {
  readonly reset: QuotaGrant['reset'];
  readonly anchor?: QuotaGrant['anchor'] | undefined;
  readonly period?: QuotaGrant['period'] | undefined;
}): Quota['reset'] {
  const { reset, anchor, period } = input;
  return reset === 'period' ? { reset, anchor: anchor!, period: period! } : { reset };
}

function checkGrants(grants: readonly QuotaGrant[], meterIds: ReadonlyMap<string, string>): void {
  const features = new Set<string>();
  const faults = grants.flatMap((grant, index) => {
    const path = `/quotas/${index}`;
    const isTwice = features.size === features.add(grant.feature).size;
    const isPeriod = grant.reset === 'period';
    return [
      ...(isTwice ? [{ path: `${path}/feature`, message: 'is granted twice' }] : []),
      ...(meterIds.has(grant.meter) ? [] : [{ path: `${path}/meter`, message: 'is not a meter' }]),
      ...(isPeriod && grant.anchor === null ? [{ path: `${path}/anchor`, message: 'is required' }] : []),
      ...(isPeriod && grant.period === null ? [{ path: `${path}/period`, message: 'is required' }] : []),
      ...(grant.reset === 'never' && grant.rollOver !== null
        ? [{ path: `${path}/rollOver`, message: 'needs windows to roll over into' }]
        : []),
    ];
  });
  if (faults.length > 0) throw new InvalidInputError(faults);
}

/** Whether a grant says what is kept already; its times and version do not count. */
function isSame(before: Quota, after: Quota): boolean {
  const content = ({ version: _, createdAt: __, updatedAt: ___, ...quota }: Quota): string =>
    JSON.stringify(Object.entries(quota).sort(([left], [right]) => (left < right ? -1 : 1)));
  return content(before) === content({ ...after, limit: canonical(after.limit), rollOver: canonical(after.rollOver) });
}

function canonical<Amount extends string | null>(amount: Amount): Amount {
  return (amount?.includes('.') ? amount.replace(/\.?0+$/, '') : amount) as Amount;
}
