import { expect, test } from 'vitest';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
import { toDispute, toFailure, toOutcome, type StripePaymentIntent } from './stripe-objects.ts';

const intent = (changes: Partial<StripePaymentIntent>): StripePaymentIntent => ({
  id: 'pi_1',
  object: 'payment_intent',
  status: 'succeeded',
  client_secret: 'pi_1_secret',
  currency: 'eur',
  created: 0,
  metadata: {},
  ...changes,
});

test.each([
  [1234n, 'EUR', '1234'],
  [500n, 'JPY', '500'],
  [500n, 'ISK', '50000'],
  [7n, 'UGX', '700'],
  [1230n, 'KWD', '1230'],
])('%s of %s is %s for Stripe, and back', (minor, currency, expected) => {
  expect(toStripeAmount(minor, currency)).toBe(expected);
  expect(fromStripeAmount(Number(expected), currency.toLowerCase())).toBe(minor);
});

test.each([
  [1234n, 'KWD'],
  [0n, 'EUR'],
  [-1n, 'EUR'],
  [10n ** 13n, 'EUR'],
])('%s of %s cannot be charged', (minor, currency) => {
  expect(() => toStripeAmount(minor, currency)).toThrow(
    expect.objectContaining({ code: 'payment_gateway.amount_not_chargeable' }),
  );
});

test.each([
  ['card_declined', 'stolen_card', 'hard'],
  ['card_declined', 'do_not_honor', 'hard'],
  ['expired_card', null, 'hard'],
  ['card_declined', 'insufficient_funds', 'soft'],
  ['card_declined', 'try_again_later', 'soft'],
  ['processing_error', null, 'soft'],
  ['authentication_required', null, 'authentication'],
  ['card_declined', 'authentication_required', 'authentication'],
])('a decline %s (%s) is %s', (code, declineCode, expected) => {
  expect(toFailure(code, declineCode)).toBe(expected);
});

test('states of a payment intent are outcomes', () => {
  expect(toOutcome(intent({})).status).toBe('succeeded');
  expect(toOutcome(intent({ status: 'processing' })).status).toBe('pending');
  expect(toOutcome(intent({ status: 'canceled' }))).toMatchObject({ status: 'failed', failure: 'canceled' });
  const url = 'https://hooks.stripe.com/redirect';
  expect(toOutcome(intent({ status: 'requires_action', next_action: { redirect_to_url: { url } } }))).toMatchObject({
    status: 'requires_action',
    action: { clientSecret: 'pi_1_secret', url },
  });
  const error = { code: 'card_declined', decline_code: 'lost_card', message: 'no' };
  expect(toOutcome(intent({ status: 'requires_payment_method', last_payment_error: error }))).toMatchObject({
    status: 'failed',
    failure: 'hard',
    code: 'lost_card',
  });
});

test('the money of a dispute is away while its balance transactions say so', () => {
  const dispute = {
    id: 'dp_1',
    amount: 1000,
    currency: 'eur',
    payment_intent: 'pi_1',
    reason: 'fraudulent',
    status: 'under_review',
    balance_transactions: [{ amount: -1000 }],
    evidence_details: null,
  };
  expect(toDispute(dispute)).toMatchObject({ status: 'under_review', withdrawn: true });
  const back = { ...dispute, balance_transactions: [{ amount: -1000 }, { amount: 1000 }] };
  expect(toDispute({ ...back, status: 'won' })).toMatchObject({ status: 'won', withdrawn: false });
  expect(toDispute({ ...dispute, status: 'warning_closed', balance_transactions: [] })).toMatchObject({
    status: 'won',
    withdrawn: false,
  });
});
