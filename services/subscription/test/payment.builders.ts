import { newId } from '@plinth/common';
import type { EventType } from '@plinth/contracts';
import {
  buildPrincipal,
  signStripeEvent,
  startServiceUnderTest,
  StripeStandIn,
  type ServiceUnderTest,
  type ServiceUnderTestOptions,
  type TestResponse,
} from '@plinth/testing';
import { service } from '../src/index.ts';
import { FakePlatform, FrozenClock } from './subscription.builders.ts';

export const webhookSecret = 'whsec_of_the_test';
let eventCount = 0;

/** The service with a Stripe that can fail, at one frozen time. */
export async function startPayments(
  timeoutMs = 1000,
  options: Pick<ServiceUnderTestOptions, 'mail' | 'postgresUrl'> = {},
) {
  const platform = new FakePlatform();
  const clock = new FrozenClock('2024-06-15T12:00:00Z');
  const stripe = new StripeStandIn();
  const stripeUrl = await stripe.start();
  const under = await startServiceUnderTest(service, {
    contracts: platform.contracts,
    clock,
    ...options,
    environment: {
      SUBSCRIPTION_SECRET: 'a secret of the test with enough characters',
      SUBSCRIPTION_STRIPE_URL: stripeUrl,
      SUBSCRIPTION_GATEWAY_TIMEOUT: `${timeoutMs}ms`,
    },
  });
  return {
    platform,
    clock,
    stripe,
    under,
    stop: async () => {
      await under.stop();
      await stripe.stop();
    },
  };
}

export type PaymentsUnderTest = Awaited<ReturnType<typeof startPayments>>;

/** A tenant with a gateway account, one account with a card, and one finalized invoice for each fee. */
export async function buildPayer(
  { platform, under, clock }: PaymentsUnderTest,
  fees: readonly string[] = ['10'],
  withMethod = true,
) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  platform.tenants.push(tenantId);
  const post = (path: string, body?: unknown, headers = {}) =>
    under.request('POST', path, { principal, ...(body === undefined ? {} : { body }), headers });
  const get = async (path: string) => (await under.request('GET', path, { principal })).body;
  const account = platform.addAccount(tenantId);
  const gateway = (await post('/payments/gateway-accounts', {
    gateway: 'stripe',
    name: 'Stripe',
    secretKey: 'sk_test_1',
    webhookSecret,
  })) as TestResponse;
  const addMethod = async (token: string, makeDefault = false) =>
    (
      await post('/payments/methods', {
        accountId: account.id,
        gatewayAccountId: gateway.body.id,
        token,
        makeDefault,
      })
    ).body;
  const method = withMethod ? await addMethod(`pm_${newId().replaceAll('-', '')}`) : undefined;
  for (const amount of fees) {
    const plan = platform.addPlan(tenantId, { base: { model: 'flat', amount, timing: 'advance' } });
    await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
  }
  await post('/invoices/runs', {});
  const open = (await get('/invoices?sort=-total')).data;
  for (const { id, status } of open) if (status === 'draft') await post(`/invoices/${id}/finalize`);
  const invoices = (await get('/invoices?sort=-total')).data;
  const tell = (type: string, object: object, changes: { id?: string; now?: Date; secret?: string } = {}) => {
    eventCount += 1;
    const { id = `evt_${eventCount}`, now = clock.time, secret = webhookSecret } = changes;
    const created = Math.floor(now.getTime() / 1000);
    const signed = signStripeEvent({ id, object: 'event', type, created, data: { object } }, secret, now);
    return under.request('POST', `/payments/webhooks/${gateway.body.id}`, {
      body: signed.body,
      headers: { 'stripe-signature': signed.signature },
    });
  };
  return { principal, tenantId, post, get, account, gateway: gateway.body, method, addMethod, invoices, tell };
}

/** Runs the hourly work about money. */
export async function runCollection(under: ServiceUnderTest): Promise<void> {
  await under.instance.jobs!.find(({ name }) => name === 'subscription.collection')!.run({});
}

/** What the ledger says, by ledger account, in smallest units. */
export async function sumLedger(under: ServiceUnderTest, tenantId: string): Promise<Record<string, string>> {
  const rows = await under.database.transaction(tenantId, (transaction) =>
    transaction.rows<{ account: string; sum: string }>(
      `SELECT ledger_account AS account, sum(amount_minor)::text AS sum FROM subscription.ledger_entries GROUP BY 1 ORDER BY 1`,
    ),
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

/** Hands what the service has published to its own consumers, as the broker would, and gives it. */
export async function relayEvents(under: ServiceUnderTest) {
  const events = await under.takeEvents();
  for (const event of events)
    await under.deliver(event.type as EventType, event.data as never, event.tenant, event as never);
  return events;
}
