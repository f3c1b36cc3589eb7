import { isDeepStrictEqual } from 'node:util';
import type { Principal, TenantLimits, TenantStatus } from '@plinth/contracts';
import {
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  hasPermission,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { ClockBackwardError, NotASandboxError, TenantStatusError } from './tenant.errors.ts';
import * as store from './tenant.store.ts';
import { canBecome, resolveLimits, type Tenant } from './tenant.ts';

export interface NewTenant {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly name: string;
}

/** Creates tenants and leads them through their life cycle. */
export class TenantService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Creates the tenant unless it exists. */
  async ensureTenant(input: NewTenant): Promise<Tenant> {
    return this.#database.transaction(input.tenantId, (transaction) => this.ensureTenantIn(transaction, input));
  }

  /** The same inside the transaction of an event. */
  async ensureTenantIn(transaction: Transaction, input: NewTenant): Promise<Tenant> {
    const now = this.#clock.now();
    const tenant: Tenant = {
      id: input.tenantId,
      organizationId: input.organizationId,
      name: input.name,
      region: 'default',
      status: 'active',
      limits: {},
      planLimits: {},
      sandbox: false,
      testClock: null,
      deletesAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await store.insertTenant(transaction, tenant))) return getExisting(transaction, input.tenantId);
    transaction.audit({ action: 'tenant.created', resourceType: 'tenant', resourceId: tenant.id, after: tenant });
    return tenant;
  }

  async findTenant(tenantId: string): Promise<Tenant | undefined> {
    return this.#database.transaction(tenantId, (transaction) => store.findTenant(transaction, tenantId));
  }

  async getTenant(caller: Principal, tenantId: string): Promise<Tenant> {
    const tenant = isOperator(caller) || caller.tenant === tenantId ? await this.findTenant(tenantId) : undefined;
    if (tenant === undefined) throw new NotFoundError('tenant', tenantId);
    return tenant;
  }

  /** The caller's tenant, or every tenant for the operator of the platform. */
  async listTenants(caller: Principal, limit: number, cursor: string | undefined): Promise<Page<Tenant>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const list = (transaction: Transaction) => store.listTenants(transaction, limit + 1, after);
    const rows = isOperator(caller)
      ? await this.#database.platformTransaction(list)
      : await this.#database.transaction(caller.tenant, list);
    return toPage(
      rows,
      limit,
      (tenant) => [tenant.id],
      (tenant) => tenant,
    );
  }

  async listActiveTenantIds(limit: number, after: string | undefined): Promise<string[]> {
    return this.#database.platformTransaction((transaction) => store.listActiveTenantIds(transaction, limit, after));
  }

  async renameTenant(caller: Principal, tenantId: string, name: string, ifMatch: number | undefined): Promise<Tenant> {
    await this.getTenant(caller, tenantId);
    return this.change(tenantId, 'tenant.updated', (tenant) => {
      if (ifMatch !== undefined && ifMatch !== tenant.version) throw new VersionMismatchError();
      return { ...tenant, name };
    });
  }

  /** Moves a tenant to another status. Asking for the status that it has changes nothing. */
  async changeStatus(tenantId: string, status: TenantStatus): Promise<Tenant> {
    return this.change(tenantId, `tenant.${status}`, (tenant) => {
      if (tenant.status === status) return tenant;
      if (!canBecome(tenant.status, status)) throw new TenantStatusError(tenant.status, status);
      return { ...tenant, status };
    });
  }

  /** Says anew what the operator limits; where a name is left out, the plan's limit holds. */
  async changeLimits(tenantId: string, limits: TenantLimits): Promise<Tenant> {
    return this.#changeLimits(tenantId, (tenant) => ({ ...tenant, limits }));
  }

  /** Takes over what the tenant's plan allows; a deleted or unknown tenant has none. */
  async changePlanLimits(tenantId: string, planLimits: TenantLimits): Promise<void> {
    if ((await this.findTenant(tenantId)) === undefined) return;
    await this.#changeLimits(tenantId, (tenant) => (tenant.status === 'deleted' ? tenant : { ...tenant, planLimits }));
  }

  async #changeLimits(tenantId: string, change: (tenant: Tenant) => Tenant): Promise<Tenant> {
    return this.change(tenantId, 'tenant.limits_changed', (tenant, transaction) => {
      const after = change(tenant);
      if (isDeepStrictEqual(tenant, after)) return tenant;
      if (tenant.status === 'deleted') throw new NotFoundError('tenant', tenantId);
      transaction.publish('tenant.limits_changed', tenantId, { tenantId, limits: resolveLimits(after) });
      return after;
    });
  }

  /** Makes a tenant a sandbox, or no longer: its time goes with everybody's again. */
  async changeSandbox(tenantId: string, sandbox: boolean): Promise<Tenant> {
    return this.change(tenantId, 'tenant.sandbox_changed', (tenant) =>
      tenant.sandbox === sandbox ? tenant : { ...tenant, sandbox, testClock: null },
    );
  }

  /** Stops a sandbox's time at an instant; from then on it moves forward only. */
  async advanceClock(tenantId: string, to: Date): Promise<Tenant> {
    return this.change(tenantId, 'tenant.clock_advanced', (tenant) => {
      if (!tenant.sandbox) throw new NotASandboxError();
      if (tenant.testClock?.getTime() === to.getTime()) return tenant;
      if (tenant.testClock !== null && to < tenant.testClock) throw new ClockBackwardError(tenant.testClock);
      return { ...tenant, testClock: to };
    });
  }

  /** Runs one change of a tenant under its lock, with its audit entry and its event. The same object back: no change. */
  async change(
    tenantId: string,
    action: string,
    change: (tenant: Tenant, transaction: Transaction) => Tenant | Promise<Tenant>,
  ): Promise<Tenant> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findTenantForUpdate(transaction, tenantId);
      if (before === undefined) throw new NotFoundError('tenant', tenantId);
      const changed = await change(before, transaction);
      if (changed === before) return before;
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateTenant(transaction, after);
      transaction.audit({ action, resourceType: 'tenant', resourceId: tenantId, before, after });
      if (after.status !== before.status)
        transaction.publish('tenant.status_changed', tenantId, { tenantId, status: after.status });
      return after;
    });
  }
}

function isOperator(caller: Principal): boolean {
  return hasPermission(caller, 'tenant:suspend');
}

async function getExisting(transaction: Transaction, tenantId: string): Promise<Tenant> {
  const tenant = await store.findTenant(transaction, tenantId);
  if (tenant === undefined) throw new NotFoundError('tenant', tenantId);
  return tenant;
}
