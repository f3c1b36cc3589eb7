import type { accountContract, ContractFunctions, iamContract, Principal } from '@plinth/contracts';
import { hasPermission, InvalidInputError, NotFoundError, userIdOf, type Clock, type Database } from '@plinth/common';
import { TenantStatusError } from '../tenant/tenant.errors.ts';
import { canBecome, type Tenant } from '../tenant/tenant.ts';
import type { TenantService } from '../tenant/tenant.service.ts';
import { DeletionStartedError, RecentProofRequiredError, TenantOwnerRequiredError } from './deletion.errors.ts';
import * as store from './deletion.store.ts';

export interface DeletionServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly tenants: TenantService;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'findMembership'>;
  readonly iam: Pick<ContractFunctions<typeof iamContract>, 'confirmIdentity'>;
  readonly graceMs: number;
}

export interface CloseRequest {
  /** The tenant's name as the caller typed it. */
  readonly name: string;
  readonly password?: string | undefined;
}

/** Takes requests to delete a tenant, and takes them back. */
export class DeletionService {
  readonly #options: DeletionServiceOptions;

  constructor(options: DeletionServiceOptions) {
    this.#options = options;
  }

  /** Closes a tenant: from here on it is of use to nobody, and when the grace period is over it is deleted. */
  async close(caller: Principal, tenantId: string, request: CloseRequest): Promise<Tenant> {
    const { clock, tenants, graceMs } = this.#options;
    const tenant = await tenants.getTenant(caller, tenantId);
    await this.#assertOwner(caller, tenantId);
    if (request.name !== tenant.name)
      throw new InvalidInputError([{ path: '/name', message: 'is not the name of the tenant' }]);
    await this.#assertProven(caller, request.password);
    return tenants.change(tenantId, 'tenant.closing', async (before, transaction) => {
      if (!canBecome(before.status, 'closing')) throw new TenantStatusError(before.status, 'closing');
      const now = clock.now();
      const dueAt = new Date(now.getTime() + graceMs);
      await store.insertDeletion(transaction, {
        tenantId,
        requestedBy: caller.subject,
        requestedAt: now,
        previousStatus: before.status === 'suspended' ? 'suspended' : 'active',
        dueAt,
      });
      return { ...before, status: 'closing', deletesAt: dueAt };
    });
  }

  /** Takes the request back: the tenant is again what it was. */
  async reopen(caller: Principal, tenantId: string): Promise<Tenant> {
    const { tenants } = this.#options;
    await tenants.getTenant(caller, tenantId);
    await this.#assertOwner(caller, tenantId);
    return tenants.change(tenantId, 'tenant.reopened', async (before, transaction) => {
      const deletion = await store.findDeletionForUpdate(transaction, tenantId);
      if (before.status !== 'closing' || deletion === undefined) throw new TenantStatusError(before.status, 'active');
      if (deletion.startedAt !== null) throw new DeletionStartedError();
      await store.removeDeletion(transaction, tenantId);
      return { ...before, status: deletion.previousStatus, deletesAt: null };
    });
  }

  /** The certificate of a deletion that is done. */
  async getCertificate(tenantId: string): Promise<{ id: string; issuedAt: Date; jws: string }> {
    const found = await this.#options.database.platformTransaction((transaction) =>
      store.findCertificate(transaction, tenantId),
    );
    if (found === undefined) throw new NotFoundError('deletion certificate of the tenant', tenantId);
    return found;
  }

  /** The operator may close any tenant; of the tenant's own people its owner alone. */
  async #assertOwner(caller: Principal, tenantId: string): Promise<void> {
    const userId = userIdOf(caller);
    if (hasPermission(caller, 'tenant:suspend')) return;
    const membership = await this.#options.account.findMembership({ tenantId, userId });
    if (membership?.isOwner !== true) throw new TenantOwnerRequiredError();
  }

  async #assertProven(caller: Principal, password: string | undefined): Promise<void> {
    const { confirmed } = await this.#options.iam.confirmIdentity({
      userId: userIdOf(caller),
      ...(caller.session === undefined ? {} : { session: caller.session }),
      ...(password === undefined ? {} : { password }),
    });
    if (caller.actor !== undefined || !confirmed) throw new RecentProofRequiredError();
  }
}
