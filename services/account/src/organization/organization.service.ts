import type { ContractFunctions, iamContract, Principal, tenantContract } from '@plinth/contracts';
import {
  assertCan,
  can,
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  userIdOf,
  VersionMismatchError,
  type Clock,
  type Database,
  type Logger,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import { assertInScope } from '../caller/caller.ts';
import * as store from './organization.store.ts';
import type { Organization } from './organization.ts';

export interface OrganizationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  readonly iam: ContractFunctions<typeof iamContract>;
}

export interface OrganizationQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Creates organizations, finds those of a person and renames them. */
export class OrganizationService {
  readonly #options: OrganizationServiceOptions;

  constructor(options: OrganizationServiceOptions) {
    this.#options = options;
  }

  /**
   * Creates an organization and decides its tenant's id. From the commit on it exists; tenant and role follow
   * directly afterwards, or by the event when that does not get through.
   */
  async createOrganization(caller: Principal, name: string): Promise<Organization> {
    const ownerUserId = userIdOf(caller);
    assertInScope(caller, 'organization:write');
    const { database, clock } = this.#options;
    const now = clock.now();
    const organization: Organization = {
      id: newId(now.getTime()),
      tenantId: newId(now.getTime()),
      name,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    // Opened with the caller's tenant: an Idempotency-Key keeps its answer in the same transaction.
    return database.transaction(caller.tenant, async (transaction) => {
      await transaction.enterTenant(organization.tenantId);
      await store.insertOrganization(transaction, organization);
      await store.insertOwner(transaction, organization, ownerUserId);
      transaction.audit({
        action: 'organization.created',
        resourceType: 'organization',
        resourceId: organization.id,
        after: organization,
      });
      transaction.publish('organization.created', organization.id, {
        organizationId: organization.id,
        tenantId: organization.tenantId,
        name,
        ownerUserId,
      });
      transaction.afterCommit(() => this.#prepare(organization, ownerUserId));
      await transaction.enterTenant(caller.tenant);
      return organization;
    });
  }

  async getOrganization(caller: Principal, id: string): Promise<Organization> {
    const organization = await this.#options.database.transaction(caller.tenant, (transaction) =>
      store.findOrganization(transaction, id),
    );
    if (organization === undefined || !can(caller, 'organization:read', { organizationId: organization.id }))
      throw new NotFoundError('organization', id);
    return organization;
  }

  /** Organizations in which the caller is a member, and the one of the tenant that they act in. */
  async listOwnOrganizations(caller: Principal, query: OrganizationQuery): Promise<Page<Organization>> {
    assertInScope(caller, 'organization:read');
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const userId = caller.kind === 'user' ? caller.subject : undefined;
    const rows = await this.#options.database.platformTransaction((transaction) =>
      store.listOwnOrganizations(transaction, { userId, tenantId: caller.tenant, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (organization) => [organization.id],
      (organization) => organization,
    );
  }

  async updateOrganization(
    caller: Principal,
    id: string,
    changes: { name?: string | undefined },
    ifMatch: number | undefined,
  ): Promise<Organization> {
    const { database, clock } = this.#options;
    return database.transaction(caller.tenant, async (transaction) => {
      const before = await store.findOrganizationForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('organization', id);
      assertCan(caller, 'organization:write', { organizationId: before.id });
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const name = changes.name ?? before.name;
      if (name === before.name) return before;
      const after = { ...before, name, version: before.version + 1, updatedAt: clock.now() };
      await store.updateOrganization(transaction, after);
      transaction.audit({
        action: 'organization.updated',
        resourceType: 'organization',
        resourceId: id,
        before,
        after,
      });
      return after;
    });
  }

  /** Lets the caller use the organization at once. What fails here is made up for by `organization.created`. */
  async #prepare({ id: organizationId, tenantId, name }: Organization, userId: string): Promise<void> {
    const { log, tenants, iam } = this.#options;
    const results = await Promise.allSettled([
      tenants.ensureTenant({ tenantId, organizationId, name }),
      iam.grantRole({ userId, tenantId, organizationId, role: 'org_admin' }),
    ]);
    for (const result of results) {
      if (result.status === 'rejected')
        log.warn({ err: result.reason, organizationId }, 'an organization is left for its event to complete');
    }
  }
}
