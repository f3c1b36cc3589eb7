import type { PriceModel, Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest, type TestResponse } from '@plinth/testing';
import { defaultTerms, type VersionPrice, type VersionTerms } from '../src/plan/plan.ts';

/** Meters that every tenant has, for `startServiceUnderTest`. */
export const metering = {
  listMeters: async ({ keys }: { keys: string[] }) =>
    [
      { key: 'api_call', dimensions: [] },
      { key: 'bytes', dimensions: [] },
      { key: 'calls', dimensions: ['region', 'size', 'tier'] },
      { key: 'turnover', dimensions: [] },
    ].filter(({ key }) => keys.includes(key)),
};

export const month = { unit: 'month', count: 1 };

/** A fixed fee, as a plan is given it. */
export function buildFee(changes: object = {}) {
  return { key: 'fee', description: 'Fee', model: { model: 'flat', amount: '10', timing: 'arrears' }, ...changes };
}

/** A price of the given model. */
export function buildPrice(key: string, model: object) {
  return { key, description: `Price ${key}`, model };
}

/** The body that creates a plan with one fee. */
export function buildPlan(productId: string, changes: object = {}) {
  return { key: 'basic', name: 'Basic', productId, currency: 'EUR', period: month, prices: [buildFee()], ...changes };
}

/** The body that creates a coupon of ten percent. */
export function buildCoupon(changes: object = {}) {
  return { code: 'WELCOME', name: 'Welcome', discount: { kind: 'percent', percent: '10' }, ...changes };
}

/** A price as a version has it. */
export function buildVersionPrice(key: string, model: PriceModel, changes: Partial<VersionPrice> = {}): VersionPrice {
  return { id: newId(), key, description: key, model, models: {}, taxCategory: 'standard', phases: null, ...changes };
}

/** A version in euros, by the month, without prices. */
export function buildTerms(changes: Partial<VersionTerms> = {}): VersionTerms {
  return { ...defaultTerms, currency: 'EUR', period: { unit: 'month', count: 1 }, prices: [], ...changes };
}

/** A new tenant with one product, and requests in its name. */
export interface Shop {
  readonly principal: Principal;
  readonly productId: string;
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<TestResponse>;
}

export async function openShop(catalogue: ServiceUnderTest): Promise<Shop> {
  const principal = buildPrincipal();
  const send: Shop['send'] = (method, path, body, headers = {}) =>
    catalogue.request(method, path, { principal, headers, ...(body === undefined ? {} : { body }) });
  const { body } = await send('POST', '/products', { key: 'api', name: 'API' });
  return { principal, productId: body.id, send };
}

/** Where a refused request went wrong. */
export function pathsOf(response: TestResponse): string[] {
  return (response.body.errors as { path: string }[]).map((fault) => fault.path).sort();
}
