import { eventually } from './eventually.ts';

/** Somebody who is signed in at a platform, and calls the operations of its API below `/api/v1`. */
export interface MainJobCaller {
  // Tests read what they expect; a wrong shape fails their assertion.
  // oxlint-disable-next-line no-explicit-any
  send(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: any }>;
  /** Throws unless the answer is a success. */
  // oxlint-disable-next-line no-explicit-any
  expect(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<any>;
}

/** What the main job left behind, for assertions. */
export interface MainJobResult<Caller extends MainJobCaller> {
  readonly owner: Caller;
  readonly tenantId: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly planId: string;
  readonly subscriptionId: string;
  // oxlint-disable-next-line no-explicit-any
  readonly invoice: any;
}

/** A plan of 10.00 a month and calls in two tiers: 0.01 each up to 100, 0.001 each above. */
export function callPlan(productId: string): object {
  return {
    key: 'calls',
    name: 'Calls',
    productId,
    currency: 'EUR',
    period: { unit: 'month', count: 1 },
    prices: [
      { key: 'fee', description: 'Monthly fee', model: { model: 'flat', amount: '10', timing: 'arrears' } },
      {
        key: 'calls',
        description: 'Calls',
        model: {
          model: 'graduated',
          meter: 'calls',
          tiers: [
            { upTo: '100', unitAmount: '0.01' },
            { upTo: null, unitAmount: '0.001' },
          ],
        },
      },
    ],
  };
}

/** The events of a batch, as CloudEvents. */
export function callEvents(subject: string, count: number, from = 0): object[] {
  return Array.from({ length: count }, (_, index) => ({
    specversion: '1.0',
    id: `call-${from + index}`,
    source: 'urn:test:gateway',
    type: 'call.made',
    subject,
    time: new Date(Date.UTC(2025, 0, 2, 0, 0, from + index)).toISOString(),
    data: {},
  }));
}

export const batchHeaders = { 'content-type': 'application/cloudevents-batch+json' };

/**
 * The main job over the public API: somebody gets an organization and a tenant, sells a plan to a
 * customer, meters 250 calls and invoices January 2025: 10.00 + 100 × 0.01 + 150 × 0.001 = 11.15 EUR.
 */
export async function runMainJob<Caller extends MainJobCaller>(owner: Caller): Promise<MainJobResult<Caller>> {
  const organization = await owner.expect('POST', '/organizations', { name: 'Acme' });
  const meter = { key: 'calls', name: 'Calls', eventType: 'call.made', aggregation: 'count' };
  // The role comes with the organization; at the latest by its event.
  await eventually(async () =>
    (await owner.send('GET', '/users/me')).body.tenant === organization.tenantId ? true : undefined,
  );
  await eventually(async () =>
    (await owner.send('POST', '/metering/meters', meter)).status === 201 ? true : undefined,
  );
  const product = await owner.expect('POST', '/products', { key: 'api', name: 'API' });
  const plan = await owner.expect('POST', '/plans', callPlan(product.id));
  const account = await owner.expect('POST', '/accounts', {
    key: 'customer-1',
    name: 'Customer',
    currency: 'EUR',
    timeZone: 'UTC',
  });
  const subscription = await owner.expect('POST', '/subscriptions', {
    accountId: account.id,
    planId: plan.id,
    startsOn: '2025-01-01',
  });
  const usage = await owner.expect('POST', '/usage/events', callEvents('customer-1', 250), batchHeaders);
  if (usage.accepted !== 250) throw new Error(`the events were not accepted: ${JSON.stringify(usage)}`);
  await owner.expect('POST', '/invoices/runs', { until: '2025-02-01T00:00:00.000Z', finalize: true });
  const invoices = await owner.expect('GET', `/invoices?accountId=${account.id}`);
  return {
    owner,
    tenantId: organization.tenantId,
    organizationId: organization.id,
    accountId: account.id,
    planId: plan.id,
    subscriptionId: subscription.id,
    invoice: await owner.expect('GET', `/invoices/${invoices.data[0].id}`),
  };
}
