import type { ContractFunctions, subscriptionContract } from '@plinth/contracts';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';
import { RetentionService } from './retention.service.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

async function buildTenant(finalize: boolean): Promise<string> {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const plan = platform.addPlan(tenantId, { base: { model: 'flat', amount: '10', timing: 'advance' } });
  const subscription = { accountId: platform.addAccount(tenantId).id, planId: plan.planId, startsOn: '2024-06-01' };
  await subscriptions.request('POST', '/subscriptions', { principal, body: subscription });
  await subscriptions.request('POST', '/invoices/runs', { principal, body: { finalize } });
  return tenantId;
}

const contract = () => subscriptions.instance.contract as ContractFunctions<typeof subscriptionContract>;

async function deleteAll(tenantId: string): Promise<void> {
  for (let done = false; !done;) ({ done } = await contract().deleteTenantData({ tenantId }));
}

async function left(tenantId: string) {
  const { remaining, kept } = await contract().countTenantData({ tenantId });
  return {
    remaining: Object.values(remaining).reduce((sum, rows) => sum + rows, 0),
    kept: kept.map(({ table, rows }) => [table, rows]),
  };
}

test('keeps final invoices with their lines for ten years and deletes everything else', async () => {
  const tenantId = await buildTenant(true);
  await deleteAll(tenantId);
  expect(await left(tenantId)).toEqual({
    remaining: 0,
    kept: [
      ['subscription.invoice_lines', 1],
      ['subscription.invoices', 1],
      ['subscription.kept_tenants', 1],
    ],
  });
  const { kept } = await contract().countTenantData({ tenantId });
  expect(kept[1]!.reason).toBe('final invoices are kept for 3653 days from their finalization');
  // The daily removal leaves them, too.
  await subscriptions.instance.jobs!.find(({ name }) => name === 'subscription.end-retention')!.run({});
  expect((await left(tenantId)).kept).toHaveLength(3);
});

test('removes them when the time is over, and says so in the trail of the platform', async () => {
  const tenantId = await buildTenant(true);
  await deleteAll(tenantId);
  await subscriptions.takeEvents();
  await new RetentionService(subscriptions.database, clock, 24 * 3600 * 1000).removeExpired();
  expect(await left(tenantId)).toEqual({ remaining: 0, kept: [] });
  const events = await subscriptions.takeEvents();
  const own = events.filter(({ data }) => (data as { resourceId: string }).resourceId === tenantId);
  expect(own).toMatchObject([{ data: { action: 'tenant.retention_ended' } }]);
  expect(own[0]!.tenant).toBeUndefined();
});

test('deletes drafts, and nothing of other tenants', async () => {
  const [tenantId, other] = [await buildTenant(false), await buildTenant(true)];
  const before = await left(other);
  await deleteAll(tenantId);
  expect(await left(tenantId)).toEqual({ remaining: 0, kept: [] });
  expect(await left(other)).toEqual(before);
});

test('a final invoice cannot be deleted but with its tenant', async () => {
  const [tenantId, other] = [await buildTenant(true), await buildTenant(true)];
  for (const named of ['', other])
    await expect(
      subscriptions.database.transaction(tenantId, async (transaction) => {
        await transaction.execute(`SELECT set_config('plinth.deleting_tenant', $1, true)`, [named]);
        await transaction.execute(`DELETE FROM subscription.invoices`);
      }),
    ).rejects.toThrow('is final and stays');
});
