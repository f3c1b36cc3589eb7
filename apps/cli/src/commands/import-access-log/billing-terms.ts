import { z } from 'zod';
import type { ApiClient } from '../../api/api-client.ts';
import { listAll } from '../../api/list-all.ts';
import { callMeter, planKey, unlessConflict } from './billing-catalogue.ts';
import type { LoggedAccount } from './send-usage.ts';

/** Where accounts and seller are; a log knows addresses of computers alone. */
export const country = 'DE';

const seller = {
  key: 'demo-hosting',
  name: 'Demo Hosting GmbH',
  address: { line1: 'Hauptstraße 1', city: 'Berlin', postalCode: '10115', country },
  taxId: 'DE123456788',
  email: 'billing@hosting.example',
  phone: '+49 30 1234567',
};
const taxRate = { category: 'standard', country, percent: '19', label: 'VAT' };
const coupon = {
  code: 'BUSY10',
  name: 'Busy accounts',
  discount: { kind: 'percent', percent: '10' },
  plans: [planKey],
};
/** Accounts with more calls than this get the coupon, and the quota warns at it. */
export const busyAbove = 100;
const quota = {
  meter: callMeter,
  limit: String(busyAbove),
  reset: 'never',
  overage: 'allow',
  alertsAt: [80, 100],
} as const;

const anySchema = z.unknown();
const entitiesSchema = z.object({ data: z.array(z.object({ id: z.string(), key: z.string(), version: z.int() })) });

/** Says who sends the invoices, with a tax rate, unless the tenant has said so itself. */
export async function ensureSeller(client: ApiClient): Promise<void> {
  const { data } = await client.call({ method: 'GET', path: '/legal-entities', response: entitiesSchema });
  const unset = data.find(({ version }) => version === 0);
  if (unset !== undefined)
    await client.call({ method: 'PUT', path: `/legal-entities/${unset.id}`, body: seller, response: anySchema });
  else if (!data.some(({ key }) => key === seller.key)) return;
  await unlessConflict(() => client.call({ method: 'POST', path: '/tax-rates', body: taxRate, response: anySchema }));
}

/** Makes the coupon and gives it to the busy accounts that have not got it. */
export async function ensureCoupons(client: ApiClient, accounts: ReadonlyMap<string, LoggedAccount>): Promise<void> {
  await unlessConflict(() => client.call({ method: 'POST', path: '/coupons', body: coupon, response: anySchema }));
  for (const { id, calls } of accounts.values()) {
    if (calls <= busyAbove) continue;
    const path = `/subscriptions/accounts/${id}/coupons` as const;
    await unlessConflict(() => client.call({ method: 'POST', path, body: { code: coupon.code }, response: anySchema }));
  }
}

const quotaSchema = z.object({ meter: z.string(), accountId: z.string().nullable() });

/** Makes the quota of every account unless it exists. */
export async function ensureQuota(client: ApiClient): Promise<void> {
  for await (const { meter, accountId } of listAll(client, '/metering/quotas', quotaSchema))
    if (meter === quota.meter && accountId === null) return;
  // Two imports at once make one: the key is the same.
  const headers = { 'idempotency-key': 'access-log-quota' };
  await client.call({ method: 'POST', path: '/metering/quotas', body: quota, headers, response: anySchema });
}

const stateSchema = z.object({ data: z.array(z.object({ quota: quotaSchema, percent: z.string() })) });

/** How much of the quota an account has used, in percent. */
export async function readQuotaPercent(client: ApiClient, accountId: string): Promise<string> {
  const path = `/usage/quotas?accountId=${accountId}` as const;
  const { data } = await client.call({ method: 'GET', path, response: stateSchema });
  return data.find((state) => state.quota.meter === quota.meter && state.quota.accountId === null)?.percent ?? '0';
}
