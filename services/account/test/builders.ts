import type { accountContract, ContractFunctions, Principal, TenantLimits } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { service } from '../src/index.ts';

/** What the other services were asked for, by tenant. */
export interface Neighbours {
  readonly tenants: Map<string, { organizationId: string; name: string }>;
  readonly grants: Map<string, { userId: string; role: string }>;
  readonly removals: { tenantId: string; userId: string; by?: Principal }[];
  readonly limits: Map<string, TenantLimits>;
  /** Runs inside each call of a neighbour; a test makes it fail or look around. */
  onCall: (tenantId: string) => Promise<void>;
}

export interface AccountUnderTest extends ServiceUnderTest {
  readonly neighbours: Neighbours;
}

/** The account service on a database of its own, beside neighbours that remember. */
export async function startAccount(): Promise<AccountUnderTest> {
  const neighbours: Neighbours = {
    tenants: new Map(),
    grants: new Map(),
    removals: [],
    limits: new Map(),
    onCall: async () => {},
  };
  const contracts = {
    tenant: {
      findTenant: async ({ tenantId }: { tenantId: string }) => {
        const found = neighbours.tenants.get(tenantId);
        return found === undefined ? null : { id: tenantId, status: 'active', ...found };
      },
      getLimits: async ({ tenantId }: { tenantId: string }) => neighbours.limits.get(tenantId) ?? {},
      ensureTenant: async (input: { tenantId: string; organizationId: string; name: string }) => {
        await neighbours.onCall(input.tenantId);
        neighbours.tenants.set(input.tenantId, { organizationId: input.organizationId, name: input.name });
        return { id: input.tenantId, organizationId: input.organizationId, name: input.name, status: 'active' };
      },
    },
    iam: {
      grantRole: async (input: { tenantId: string; userId: string; role: string }) => {
        await neighbours.onCall(input.tenantId);
        neighbours.grants.set(input.tenantId, { userId: input.userId, role: input.role });
        return { granted: true };
      },
      removeMember: async (input: { tenantId: string; userId: string; by?: Principal }) => {
        await neighbours.onCall(input.tenantId);
        neighbours.removals.push(input);
        return { removed: false };
      },
    },
  };
  return { ...(await startServiceUnderTest(service, { contracts })), neighbours };
}

/** A person who signed up and belongs to nothing yet. */
export function buildNewcomer(changes: Partial<Principal> = {}): Principal {
  return { kind: 'user', subject: newId(), roles: [], ...changes };
}

/** An organization and its administrator. */
export async function createOrganization(
  account: ServiceUnderTest,
  name = 'Acme',
): Promise<{ id: string; tenantId: string; principal: Principal }> {
  const newcomer = buildNewcomer();
  const response = await account.request('POST', '/organizations', { principal: newcomer, body: { name } });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  const { id, tenantId } = response.body as { id: string; tenantId: string };
  return { id, tenantId, principal: buildPrincipal({ subject: newcomer.subject, tenant: tenantId, organization: id }) };
}

export function contractOf(account: ServiceUnderTest): ContractFunctions<typeof accountContract> {
  return account.instance.contract as ContractFunctions<typeof accountContract>;
}
