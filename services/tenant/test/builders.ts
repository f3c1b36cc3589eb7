import type { DeletionCertificate, Entitlement, Principal } from '@plinth/contracts';
import { newId, type createTenantData } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { service } from '../src/index.ts';

/** Rows of another service, by tenant. They are deleted two at a time and exported one by one. */
export class HeldRows {
  readonly rows = new Map<string, string[]>();
  /** Runs before each batch of a deletion and each page of an export; a test makes it fail. */
  onStep: () => void = () => {};

  of(tenantId: string): string[] {
    return this.rows.get(tenantId) ?? [];
  }

  functions(kind: string): ReturnType<typeof createTenantData> {
    return {
      exportTenantData: async ({ tenantId, cursor = '0' }) => {
        this.onStep();
        const row = this.of(tenantId)[Number(cursor)];
        return {
          kind,
          rows: row === undefined ? [] : [row],
          nextCursor: row === undefined ? null : `${Number(cursor) + 1}`,
        };
      },
      deleteTenantData: async ({ tenantId }) => {
        this.onStep();
        const deleted = this.of(tenantId).splice(0, 2).length;
        return { deleted: { [kind]: deleted }, done: this.of(tenantId).length === 0 };
      },
      countTenantData: async ({ tenantId }) => ({ remaining: { [kind]: this.of(tenantId).length }, kept: [] }),
    };
  }
}

export interface TenantsUnderTest extends ServiceUnderTest {
  readonly held: HeldRows;
  readonly owners: Map<string, string>;
  readonly passwords: Map<string, string>;
  readonly signed: DeletionCertificate[];
  /** The tenant that an account pays for, by account. */
  readonly customers: Map<string, string>;
  /** What an account may use, by account. */
  readonly entitlements: Map<string, Entitlement[]>;
}

/** The tenant service beside others that hold rows, know the owner and sign. */
export async function startTenants(clock: { now(): Date }): Promise<TenantsUnderTest> {
  const held = new HeldRows();
  const empty = new HeldRows();
  const owners = new Map<string, string>();
  const passwords = new Map<string, string>();
  const signed: DeletionCertificate[] = [];
  const customers = new Map<string, string>();
  const entitlements = new Map<string, Entitlement[]>();
  const under = await startServiceUnderTest(service, {
    clock,
    contracts: {
      iam: {
        ...empty.functions('iam.keys'),
        confirmIdentity: async ({ userId, password }: { userId: string; password?: string }) => ({
          confirmed: password !== undefined && passwords.get(userId) === password,
        }),
        signCertificate: async ({ certificate }: { certificate: DeletionCertificate }) => {
          signed.push(certificate);
          return { jws: `signed.${certificate.id}` };
        },
      },
      account: {
        ...empty.functions('account.accounts'),
        findMembership: async ({ tenantId, userId }: { tenantId: string; userId: string }) => ({
          organizationId: newId(),
          isOwner: owners.get(tenantId) === userId,
        }),
        listAccountsByIds: async ({ ids }: { ids: string[] }) =>
          ids.map((id) => ({ id, customerTenantId: customers.get(id) ?? null })),
      },
      subscription: {
        ...empty.functions('subscription.phases'),
        listEntitlements: async ({ accountId }: { accountId: string }) => entitlements.get(accountId) ?? [],
      },
      metering: held.functions('metering.events'),
      product: empty.functions('product.plans'),
      audit: empty.functions('audit.entries'),
    },
  });
  return { ...under, held, owners, passwords, signed, customers, entitlements };
}

/** A tenant and its owner, whose password is `secret`. */
export async function createTenant(tenants: TenantsUnderTest): Promise<{ tenantId: string; owner: Principal }> {
  const tenantId = newId();
  const owner = buildPrincipal({ tenant: tenantId });
  const data = { organizationId: newId(), tenantId, name: 'Acme', ownerUserId: owner.subject };
  await tenants.deliver('organization.created', data, tenantId);
  tenants.owners.set(tenantId, owner.subject);
  tenants.passwords.set(owner.subject, 'secret');
  await tenants.takeEvents();
  return { tenantId, owner };
}

/** Runs a job of the service as the queue would. */
export async function runJob(tenants: TenantsUnderTest, name: string): Promise<void> {
  await tenants.instance.jobs!.find((job) => job.name === name)!.run({});
}
