import { signStripeEvent, type MainJobResult } from '@plinth/testing';
import type { ApiCaller } from './api-caller.ts';

const webhookSecret = 'whsec_of_the_test';

type Ids = Readonly<Record<string, string>>;
type MainJob = MainJobResult<ApiCaller>;

/** Makes one of everything that is about prices and money, beside what the main job made; its ids by their names. */
export async function fillBilling(job: MainJob, name: string): Promise<Ids> {
  const catalogue = await fillCatalogue(job, name);
  const subscription = await changeSubscription(job, name, catalogue['addOnPlanId']!);
  return {
    ...catalogue,
    ...subscription,
    ...(await fillIssuer(job, name)),
    ...(await fillPayments(job, name)),
    ...(await fillCorrections(job, name)),
    ...(await fillDisputes(job, name)),
    ...(await rejectUsage(job, name)),
    account: job.accountId,
    feature: name,
  };
}

async function fillCatalogue({ owner }: MainJob, name: string): Promise<Ids> {
  const family = await owner.expect('POST', '/plan-families', { key: name, name });
  const coupon = await owner.expect('POST', '/coupons', {
    code: name.toUpperCase(),
    name,
    discount: { kind: 'percent', percent: '10' },
  });
  const [product] = (await owner.expect('GET', '/products')).data;
  const addOn = await owner.expect('POST', '/plans', {
    key: `${name}-add-on`,
    name,
    kind: 'add_on',
    productId: product.id,
    currency: 'EUR',
    period: { unit: 'month', count: 1 },
    prices: [{ key: 'fee', description: name, model: { model: 'flat', amount: '3', timing: 'arrears' } }],
  });
  return { familyId: family.id, couponId: coupon.id, addOnPlanId: addOn.id };
}

async function changeSubscription({ owner, subscriptionId }: MainJob, name: string, planId: string): Promise<Ids> {
  const path = `/subscriptions/${subscriptionId}`;
  const redemption = await owner.expect('POST', `${path}/coupons`, { code: name.toUpperCase() });
  const { addOns } = await owner.expect('POST', `${path}/add-ons`, { planId });
  await owner.expect('POST', `${path}/change`, { quantity: 2, when: 'period_end' });
  await owner.expect('PUT', `${path}/billing-threshold`, { amount: '1000000' });
  const [scheduled] = (await owner.expect('GET', `${path}/scheduled-changes`)).data;
  return { redemptionId: redemption.id, addOnId: addOns[0].id, scheduledChangeId: scheduled.id };
}

async function fillIssuer({ owner }: MainJob, name: string): Promise<Ids> {
  const entity = await owner.expect('POST', '/legal-entities', { key: name, name });
  const rate = await owner.expect('POST', '/tax-rates', {
    legalEntityId: entity.id,
    category: 'standard',
    country: 'AT',
    percent: '20',
    label: `${name} tax`,
  });
  await owner.expect('PUT', `/payments/dunning-policies/${entity.id}`, { steps: [{ key: name, afterDays: 7 }] });
  return { legalEntityId: entity.id, taxRateId: rate.id };
}

/** The invoice of the main job is paid by card; some of it is given back, and the bank takes some. */
async function fillPayments({ owner, accountId, invoice }: MainJob, name: string): Promise<Ids> {
  const gateway = await owner.expect('POST', '/payments/gateway-accounts', {
    gateway: 'stripe',
    name,
    secretKey: `sk_test_${name}`,
    webhookSecret,
  });
  const method = await owner.expect('POST', '/payments/methods', {
    accountId,
    gatewayAccountId: gateway.id,
    token: `pm_${name}`,
  });
  const { payment } = await owner.expect('POST', `/invoices/${invoice.id}/pay`);
  const refund = await owner.expect('POST', `/payments/${payment.id}/refunds`, { amountMinor: '100', reason: name });
  await tellDispute(owner, gateway.id, payment.gatewayPaymentId);
  const [chargeback] = (await owner.expect('GET', '/payments/chargebacks')).data;
  const columns = 'bankAccount,bankReference,bookedOn,currency,amount,reference,payer';
  await owner.expect('POST', '/payments/bank-statements', {
    format: 'csv',
    content: `${columns}\n${name}-bank,1,2025-02-03,EUR,4.00,from ${name},${name}`,
  });
  const [transfer] = (await owner.expect('GET', '/payments/bank-transfers')).data;
  return {
    gatewayAccountId: gateway.id,
    paymentMethodId: method.id,
    paymentId: payment.id,
    refundId: refund.id,
    chargebackId: chargeback.id,
    transferId: transfer.id,
  };
}

/** A chargeback of 1.00, as the gateway tells of it. */
async function tellDispute(owner: ApiCaller, gatewayAccountId: string, intent: string): Promise<void> {
  const now = new Date();
  const dispute = {
    id: `dp_${intent}`,
    object: 'dispute',
    amount: 100,
    currency: 'eur',
    payment_intent: intent,
    reason: 'product_not_received',
    status: 'needs_response',
    balance_transactions: [{ amount: -100, fee: 0 }],
    evidence_details: { due_by: null },
  };
  const event = { id: `evt_${intent}`, object: 'event', type: 'charge.dispute.created', data: { object: dispute } };
  const signed = signStripeEvent({ ...event, created: Math.floor(now.getTime() / 1000) }, webhookSecret, now);
  await owner.expect('POST', `/payments/webhooks/${gatewayAccountId}`, signed.body, {
    'stripe-signature': signed.signature,
  });
}

async function fillCorrections({ owner, accountId, invoice }: MainJob, name: string): Promise<Ids> {
  const note = await owner.expect('POST', `/invoices/${invoice.id}/credit-notes`, { reason: name, netMinor: '50' });
  const charge = await owner.expect('POST', '/invoices/charges', {
    accountId,
    currency: 'EUR',
    description: name,
    unitAmount: '5',
  });
  const { grant } = await owner.expect('POST', '/credits/grants', {
    accountId,
    source: { type: 'promotion', amountMinor: '200' },
    reason: name,
  });
  return { creditNoteId: note.id, chargeId: charge.id, grantId: grant.id };
}

/** A dispute about the invoice, and something that is above the limits of the owner. */
async function fillDisputes({ owner, accountId, invoice }: MainJob, name: string): Promise<Ids> {
  const dispute = await owner.expect('POST', '/disputes', {
    accountId,
    reason: 'overcharged',
    description: name,
    invoices: [{ invoiceId: invoice.id }],
  });
  const rule = await owner.expect('PUT', '/disputes/approval-rules', {
    action: 'write_off',
    holder: 'org_admin',
    currency: 'EUR',
    amountMinor: '0',
    dayMinor: '0',
  });
  await owner.send('POST', `/invoices/${invoice.id}/write-off`, { reason: name, amountMinor: '10' });
  const [approval] = (await owner.expect('GET', '/disputes/approvals')).data;
  return { disputeId: dispute.id, ruleId: rule.id, approvalId: approval.id };
}

/** An event that is refused, and can be sent again. */
async function rejectUsage({ owner }: MainJob, name: string): Promise<Ids> {
  const event = { specversion: '1.0', id: `of-${name}`, source: name, type: 'call.made', subject: '', data: {} };
  await owner.send('POST', '/usage/events', event, { 'content-type': 'application/cloudevents+json' });
  const [rejected] = (await owner.expect('GET', '/usage/rejected/events')).data;
  return { rejectedId: rejected.id };
}
