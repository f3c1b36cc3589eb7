import { z } from 'zod';
import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api.errors.ts';
import { listAll } from '../../api/list-all.ts';

/** Events of these types are counted and summed up. */
export const eventTypes = { call: 'api_call', egress: 'egress_bytes' } as const;

export const callMeter = 'api_call';
export const currency = 'EUR';
export const planKey = 'web-traffic';

const meters = [
  {
    key: callMeter,
    name: 'API calls',
    eventType: eventTypes.call,
    aggregation: 'count',
    dimensions: ['method', 'status'],
  },
  {
    key: 'egress_bytes',
    name: 'Egress',
    eventType: eventTypes.egress,
    aggregation: 'sum',
    valueProperty: 'bytes',
    unit: 'byte',
  },
] as const;

/**
 * A month: 5 euros, a cent a call and less beyond a hundred, more for what was looked for in vain, a euro a gigabyte after
 * the first megabyte.
 */
const prices = [
  { key: 'fee', description: 'Monthly fee', model: { model: 'flat', amount: '5.00', timing: 'arrears' } },
  {
    key: 'calls',
    description: 'API calls',
    model: {
      model: 'graduated',
      meter: callMeter,
      tiers: [
        { upTo: '100', unitAmount: '0.01' },
        { upTo: '1000', unitAmount: '0.008' },
        { upTo: null, unitAmount: '0.005' },
      ],
    },
  },
  {
    key: 'outcomes',
    description: 'Surcharge by method and status',
    model: {
      model: 'matrix',
      meter: callMeter,
      dimensions: ['method', 'status'],
      cells: [
        { values: { method: 'GET', status: '404' }, unitAmount: '0.02' },
        { values: { method: 'GET', status: '304' }, unitAmount: '0.001' },
        { values: { method: 'POST', status: '200' }, unitAmount: '0.05' },
      ],
      otherUnitAmount: '0',
    },
  },
  {
    key: 'egress',
    description: 'Bytes sent',
    model: {
      model: 'graduated',
      meter: 'egress_bytes',
      tiers: [
        { upTo: '1000000', unitAmount: '0' },
        { upTo: '1000000000', unitAmount: '0.000000001' },
        { upTo: null, unitAmount: '0.0000000005' },
      ],
    },
  },
] as const;

const anySchema = z.unknown();

/** Makes both meters unless they exist. */
export async function ensureMeters(client: ApiClient): Promise<void> {
  for (const meter of meters) {
    await unlessConflict(() =>
      client.call({ method: 'POST', path: '/metering/meters', body: meter, response: anySchema }),
    );
  }
}

const keyedSchema = z.object({ id: z.string(), key: z.string() });

/** What a subscription may use of each period before alerts are raised; nobody is stopped. */
const entitlement = { feature: 'calls', value: '1000', overage: 'allow', alertsAt: [80, 100] };

/** Makes product, feature and plan unless they exist. Resolves to the plan's id. */
export async function ensurePlan(client: ApiClient): Promise<string> {
  const productId = await ensureKeyed(client, '/products', { key: 'web', name: 'Web hosting' });
  const feature = { key: entitlement.feature, name: 'API calls', productId, type: 'metered', meter: callMeter };
  await ensureKeyed(client, '/features', feature);
  return ensureKeyed(client, '/plans', {
    key: planKey,
    name: 'Web traffic',
    productId,
    currency,
    period: { unit: 'month', count: 1 },
    prices,
    entitlements: [entitlement],
  });
}

/** Looks before it creates, and looks again when another import was faster. */
async function ensureKeyed(
  client: ApiClient,
  path: `/${string}`,
  body: { readonly key: string; readonly [field: string]: unknown },
): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    for await (const item of listAll(client, path, keyedSchema)) if (item.key === body.key) return item.id;
    return undefined;
  };
  const existing = await find();
  if (existing !== undefined) return existing;
  const created = await unlessConflict(() => client.call({ method: 'POST', path, body, response: keyedSchema }));
  return created?.id ?? (await find()) ?? '';
}

/** What the work gives; undefined when what it makes is there already. */
export async function unlessConflict<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'conflict') return undefined;
    throw error;
  }
}
