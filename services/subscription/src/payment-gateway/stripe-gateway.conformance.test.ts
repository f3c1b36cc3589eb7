import { Secret } from '@plinth/common';
import { findFreePort, requirePeers, startPeer, type RunningPeer } from '@plinth/testing';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stripeApiVersion } from './stripe-client.ts';
import { StripeGateway } from './stripe-gateway.ts';

const peers = requirePeers('stripe-mock');
const webhookSecret = 'whsec_of_the_test';

const gatewayAt = (baseUrl: string, key = 'sk_test_123') =>
  new StripeGateway({
    baseUrl,
    secretKey: new Secret(key),
    timeoutMs: 10_000,
    webhookSecret: new Secret(webhookSecret),
  });

describe.skipIf(peers.skip)("Stripe's own mock server, which checks every request against the published API", () => {
  let mock: RunningPeer;
  let gateway: StripeGateway;
  let url: string;
  beforeAll(async () => {
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    mock = await startPeer(peers.paths['stripe-mock'], ['-http-addr', `127.0.0.1:${port}`], { waitFor: { port } });
    gateway = gatewayAt(url);
  });
  afterAll(() => mock.stop());

  const charge = {
    paymentId: '0190163d-8694-7000-8000-000000000001',
    amountMinor: 1000n,
    currency: 'EUR',
    customerId: 'cus_123',
    methodId: 'pm_123',
    offSession: true,
    description: 'Invoice INV-000001',
  };
  const refund = { refundId: 'r', gatewayPaymentId: 'pi_123', amountMinor: 100n, currency: 'EUR' };

  test('customers and setups', async () => {
    const customer = { accountId: 'a', name: 'Acme', email: 'billing@acme.example', key: 'k1' };
    expect(await gateway.createCustomer(customer)).toMatch(/^cus_/);
    expect(await gateway.createCustomer({ ...customer, email: null, key: 'k2' })).toMatch(/^cus_/);
    expect(await gateway.startSetup('cus_123', 'k3')).toEqual({
      setupId: expect.stringMatching(/^seti_/),
      clientSecret: expect.stringMatching(/^seti_/),
    });
  });

  test('payment methods are attached, listed and detached', async () => {
    const attached = await gateway.attachMethod('cus_123', 'pm_123');
    expect(attached).toMatchObject({ gatewayMethodId: expect.stringMatching(/^pm_/), type: expect.any(String) });
    const listed = await gateway.listMethods('cus_123');
    expect(listed[0]).toMatchObject({ gatewayMethodId: expect.stringMatching(/^pm_/) });
    await gateway.detachMethod('pm_123');
  });

  test('charges are made, found and given up', async () => {
    const made = await gateway.charge(charge);
    expect(made).not.toMatchObject({ failure: 'refused' });
    expect(made).toMatchObject({ gatewayPaymentId: expect.stringMatching(/^pi_/) });
    const present = await gateway.charge({ ...charge, offSession: false, paymentId: 'p2' });
    expect(present).not.toMatchObject({ failure: 'refused' });
    expect(await gateway.findCharge(charge, 'pi_123')).toMatchObject({
      gatewayPaymentId: expect.stringMatching(/^pi_/),
    });
    expect(await gateway.findCharge(charge, null)).toBeUndefined();
    expect(await gateway.cancelCharge('pi_123')).toMatchObject({ gatewayPaymentId: expect.stringMatching(/^pi_/) });
  });

  test('refunds are made and found', async () => {
    expect(await gateway.refund(refund)).toMatchObject({ gatewayRefundId: expect.stringMatching(/^re_/) });
    expect(await gateway.findRefund(refund, 're_123')).toMatchObject({
      gatewayRefundId: expect.stringMatching(/^re_/),
    });
    expect(await gateway.findRefund(refund, null)).toBeUndefined();
  });

  test('movements of the balance are listed', async () => {
    const movements = [];
    for await (const movement of gateway.listMovements(new Date('2024-01-01'), new Date('2024-02-01')))
      movements.push(movement);
    expect(movements[0]).toMatchObject({ currency: 'USD', amountMinor: expect.any(BigInt) });
  });

  test('a parameter that the API does not know is refused, and the key is demanded', async () => {
    const unknown = await fetch(`${url}/v1/customers`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_123', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'no_such_parameter=1',
    });
    expect(unknown.status).toBe(400);
    await expect(
      gatewayAt(url, 'not-a-key').createCustomer({ accountId: 'a', name: 'b', email: null, key: 'k4' }),
    ).rejects.toMatchObject({ code: 'payment_gateway.key_refused' });
  });
});

describe("Stripe's own library", () => {
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'payment_intent.succeeded',
    created: 1_700_000_000,
    data: { object: { id: 'pi_1', object: 'payment_intent', status: 'succeeded', metadata: {} } },
  };
  const payload = JSON.stringify(event);
  const now = new Date(1_700_000_060_000);
  const sign = (changes: object = {}) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp: 1_700_000_000, ...changes });
  const verify = (signature: string, body = payload, at = now) =>
    gatewayAt('http://127.0.0.1:9').verifyWebhook({ body, headers: { 'stripe-signature': signature } }, at);

  test('signs webhooks that are accepted', () => {
    expect(verify(sign())).toMatchObject({ id: 'evt_1', fact: { kind: 'payment', outcome: { status: 'succeeded' } } });
  });

  test.each([
    ['another secret', sign({ secret: 'whsec_other' }), payload, now],
    ['another body', sign(), payload.replace('pi_1', 'pi_2'), now],
    ['an old signature', sign(), payload, new Date(1_700_000_301_000)],
    ['another scheme', sign({ scheme: 'v0' }), payload, now],
  ])('and %s is refused', (_case, signature, body, at) => {
    expect(() => verify(signature, body, at)).toThrow(
      expect.objectContaining({ code: 'payment_webhook.signature_invalid' }),
    );
  });

  test('speaks the version of the API that is pinned here', () => {
    expect(Stripe.API_VERSION).toBe(stripeApiVersion);
  });
});
