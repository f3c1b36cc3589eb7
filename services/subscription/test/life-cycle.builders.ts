import type { AccountSummary, PlanPhase, PlanVersion } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import type { FakePlatform } from './subscription.builders.ts';

export const evergreen: PlanPhase = { key: 'evergreen', kind: 'evergreen', length: null };
export const trial: PlanPhase = { key: 'trial', kind: 'trial', length: { unit: 'day', count: 14 } };
export const intro: PlanPhase = { key: 'intro', kind: 'intro', length: { unit: 'month', count: 2 } };

/** A flat fee in advance. */
export const fee = (amount: string) => ({ model: 'flat', amount, timing: 'advance' }) as const;

/** A tenant with one account, and short ways to what a life cycle is made of. */
export function buildTenant(service: ServiceUnderTest, platform: FakePlatform) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const account = platform.addAccount(tenantId);
  const post = (path: string, body: unknown = {}) => service.request('POST', path, { principal, body });
  const get = (path: string) => service.request('GET', path, { principal });
  return {
    principal,
    tenantId,
    account,
    post,
    get,
    subscribe: async (plan: PlanVersion, body: object = {}, payer: AccountSummary = account) =>
      post('/subscriptions', { accountId: payer.id, planId: plan.planId, ...body }),
    remove: (path: string) => service.request('DELETE', path, { principal }),
    run: () => post('/invoices/runs', {}),
    /** Lines of all invoices, the oldest first, as kind, key, period and amount. */
    listLines: async () => {
      const { body } = await get('/invoices?limit=50');
      const lines: [string, string, number, string][][] = [];
      for (const { id } of body.data.toReversed()) {
        const invoice = await get(`/invoices/${id}`);
        lines.push(
          invoice.body.lines.map((line: Record<string, unknown>) => [
            line['kind'],
            line['priceKey'],
            // Of the key: …/period/kind/sequence.
            Number(String(line['key']).split('/').at(-3)),
            line['amountMinor'],
          ]),
        );
      }
      return lines;
    },
  };
}
