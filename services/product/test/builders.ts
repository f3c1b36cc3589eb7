import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest, type TestResponse } from '@plinth/testing';

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

/** A new tenant with one product, and requests in its name. */
export interface Shop {
  readonly principal: Principal;
  readonly productId: string;
  send(
    method: 'GET' | 'POST' | 'PATCH',
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
