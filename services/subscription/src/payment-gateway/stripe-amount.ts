import { formatMinor } from '@plinth/contracts';
import { AmountNotChargeableError } from './payment-gateway.errors.ts';

/** Currencies without fractions which Stripe counts in hundredths all the same (docs.stripe.com/currencies, "Special cases"). */
const inHundredths: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** Currencies with three decimals, of which Stripe takes multiples of ten alone. */
const inTens: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** The longest amount that Stripe takes: eight digits, more for a few currencies; twelve hold for all. */
const largest = 999_999_999_999n;

/** Our smallest units as Stripe's. Throws `AmountNotChargeableError` where there is no such amount. */
export function toStripeAmount(amountMinor: bigint, currency: string): string {
  const amount = inHundredths.has(currency) ? amountMinor * 100n : amountMinor;
  const refuse = (reason: string): never => {
    throw new AmountNotChargeableError(formatMinor(amountMinor, currency), currency, reason);
  };
  if (amount <= 0n) refuse('it is not positive');
  if (inTens.has(currency) && amount % 10n !== 0n) refuse('its last digit must be 0');
  if (amount > largest) refuse('it is too large');
  return amount.toString();
}

/** Stripe's units as our smallest ones; `currency` in Stripe's lower case or ours. */
export function fromStripeAmount(amount: number, currency: string): bigint {
  const units = BigInt(amount);
  return inHundredths.has(currency.toUpperCase()) ? units / 100n : units;
}
