import type { ContractFunctions, Entitlement, tenantContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenant, startTenants, type TenantsUnderTest } from '../../test/builders.ts';

let tenants: TenantsUnderTest;
let contract: ContractFunctions<typeof tenantContract>;
beforeAll(async () => {
  tenants = await startTenants({ now: () => new Date() });
  contract = tenants.instance.contract as typeof contract;
});
afterAll(() => tenants.stop());

function grant(values: Readonly<Record<string, string | boolean>>): Entitlement[] {
  return Object.entries(values).map(([feature, value]) => ({
    feature,
    type: typeof value === 'boolean' ? 'boolean' : 'limit',
    value,
    meter: null,
    reset: null,
    rollOver: null,
    overage: null,
    alertsAt: [],
  }));
}

const changed = (accountId: string, entitlements: Entitlement[], seller: string) =>
  tenants.deliver('entitlements.changed', { accountId, entitlements, anchor: null, period: null }, seller);

test('a plan limits the tenant that its account pays for, and what the operator says goes before it', async () => {
  const [seller, accountId] = [newId(), newId()];
  const { tenantId } = await createTenant(tenants);
  tenants.customers.set(accountId, tenantId);
  await changed(
    accountId,
    grant({
      'tenant.members': '5.9',
      'tenant.api_keys': '3',
      'tenant.requests_per_minute': '600',
      projects: '9',
      'tenant.divisions': true,
    }),
    seller,
  );
  expect(await contract.getLimits({ tenantId })).toEqual({ members: 5, apiKeys: 3, requestsPerMinute: 600 });
  expect(await contract.findTenant({ tenantId })).toMatchObject({ requestsPerMinute: 600 });
  const operator = buildPrincipal({ roles: ['platform_admin'] });
  const body = { members: 50 };
  const answer = await tenants.request('PUT', `/tenants/${tenantId}/limits`, { principal: operator, body });
  expect(answer.body).toMatchObject({ limits: { members: 50 }, planLimits: { members: 5 } });
  expect(await contract.getLimits({ tenantId })).toEqual({ members: 50, apiKeys: 3, requestsPerMinute: 600 });
  await changed(accountId, grant({ 'tenant.members': '7' }), seller);
  expect(await contract.getLimits({ tenantId })).toEqual({ members: 50 });
  const events = await tenants.takeEvents();
  const limits = events.filter(({ type }) => type === 'tenant.limits_changed').map(({ data }) => data);
  expect(limits.at(-1)).toEqual({ tenantId, limits: { members: 50 } });
});

test('an account that pays for nobody limits nobody', async () => {
  const { tenantId } = await createTenant(tenants);
  await changed(newId(), grant({ 'tenant.members': '1' }), tenantId);
  expect(await contract.getLimits({ tenantId })).toEqual({});
});

test('limits follow the account that pays from now on', async () => {
  const [seller, accountId] = [newId(), newId()];
  const [first, second] = [await createTenant(tenants), await createTenant(tenants)];
  tenants.entitlements.set(accountId, grant({ 'tenant.accounts': '100' }));
  const link = (customerTenantId: string | null, previousTenantId: string | null) =>
    tenants.deliver('account.tenant_linked', { accountId, customerTenantId, previousTenantId }, seller);
  await link(first.tenantId, null);
  expect(await contract.getLimits({ tenantId: first.tenantId })).toEqual({ accounts: 100 });
  await link(second.tenantId, first.tenantId);
  expect(await contract.getLimits({ tenantId: first.tenantId })).toEqual({});
  expect(await contract.getLimits({ tenantId: second.tenantId })).toEqual({ accounts: 100 });
  await link(null, second.tenantId);
  expect(await contract.getLimits({ tenantId: second.tenantId })).toEqual({});
});
