import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

let tenants: ServiceUnderTest;
let contract: Pick<ContractFunctions<typeof tenantContract>, 'findClock' | 'advanceClock'>;
const operator = buildPrincipal({ roles: ['platform_admin'] });
beforeAll(async () => {
  tenants = await startServiceUnderTest(service);
  contract = tenants.instance.contract as typeof contract;
});
afterAll(() => tenants.stop());

async function createTenant(): Promise<string> {
  const tenantId = newId();
  const data = { organizationId: newId(), tenantId, name: 'Acme', ownerUserId: newId() };
  await tenants.deliver('organization.created', data, tenantId);
  return tenantId;
}

const setSandbox = (tenantId: string, sandbox: boolean, principal = operator) =>
  tenants.request('PUT', `/tenants/${tenantId}/sandbox`, { principal, body: { sandbox } });

test('the operator of the platform alone makes a tenant a sandbox', async () => {
  const tenantId = await createTenant();
  expect((await setSandbox(tenantId, true, buildPrincipal({ tenant: tenantId }))).status).toBe(403);
  expect((await setSandbox(tenantId, true)).body).toMatchObject({ sandbox: true, testClock: null });
  expect((await setSandbox(newId(), true)).status).toBe(404);
});

test('the time of a sandbox moves forward only, and of other tenants not at all', async () => {
  const tenantId = await createTenant();
  const to = '2030-01-01T00:00:00.000Z';
  await expect(contract.advanceClock({ tenantId, to })).rejects.toMatchObject({ code: 'tenant.not_a_sandbox' });
  await setSandbox(tenantId, true);
  expect(await contract.advanceClock({ tenantId, to })).toEqual({ sandbox: true, testClock: to });
  await expect(contract.advanceClock({ tenantId, to: '2029-12-31T00:00:00.000Z' })).rejects.toMatchObject({
    code: 'tenant.clock_backward',
  });
  expect(await contract.findClock({ tenantId })).toEqual({ sandbox: true, testClock: to });
  expect(await contract.findClock({ tenantId: newId() })).toEqual({ sandbox: false, testClock: null });
  expect((await setSandbox(tenantId, false)).body).toMatchObject({ sandbox: false, testClock: null });
});
