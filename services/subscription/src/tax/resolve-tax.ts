import type { BillingProfile } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import type { LegalEntity } from '../legal-entity/legal-entity.ts';
import { exact } from '../money/exact-decimal.ts';
import type { TaxPlace, TaxRates } from './tax-rate.ts';
import type { ZeroTaxReason } from './zero-tax-reason.ts';

/** Which tax a line bears. */
export interface TaxDecision {
  /** Percent as exact text; null where no tax is charged at all because nothing says which. */
  readonly percent: string | null;
  readonly label: string;
  readonly reverseCharge: boolean;
  /** Known where the percent is 0. */
  readonly zeroReason?: ZeroTaxReason | undefined;
}

export interface ResolveTaxInput {
  readonly rates: TaxRates;
  readonly issuer: LegalEntity;
  readonly customer: BillingProfile;
  readonly category: string;
  readonly date: LocalDate;
}

const untaxed: TaxDecision = { percent: null, label: '', reverseCharge: false };

/**
 * The tax of a category for a customer, in this order: none while the legal entity has no rates; 0 % for exempt
 * customers; reverse charge for a business with a tax id in another country of the entity's tax union (directive
 * 2006/112/EC, articles 44 and 196); the rate of the customer's region or country; inside the union, or where the
 * customer's country is not known, the entity's own rate; elsewhere 0 %. A rate of 0 % of the category `exempt` is an
 * exemption, that of any other category a zero rate.
 */
export function resolveTax({ rates, issuer, customer, category, date }: ResolveTaxInput): TaxDecision {
  if (rates.isEmptyFor(issuer.id)) return untaxed;
  if (customer.taxExempt === true) return zero('Tax exempt', 'exempt');
  const own = placeOf(issuer.address);
  const place = placeOf(customer.address) ?? own;
  if (place === null) return untaxed;
  const isAbroad = own !== null && place.country !== own.country;
  const isInUnion = issuer.taxUnion.includes(place.country);
  const hasTaxId = customer.taxId !== undefined && customer.taxId.trim() !== '';
  if (isAbroad && isInUnion && hasTaxId) return zero('Reverse charge', 'reverse_charge');
  const rate =
    rates.find(issuer.id, category, place, date) ??
    (isInUnion && own !== null ? rates.find(issuer.id, category, own, date) : undefined);
  const domestic = category === 'exempt' ? 'exempt' : 'zero_rated';
  if (rate === undefined)
    return isAbroad ? zero('Outside the scope of tax', 'out_of_scope') : zero('Not taxed', domestic);
  if (exact(rate.percent).isZero()) return { ...zero(rate.label, domestic), percent: rate.percent };
  return { percent: rate.percent, label: rate.label, reverseCharge: false };
}

function zero(label: string, zeroReason: ZeroTaxReason): TaxDecision {
  return { percent: '0', label, reverseCharge: zeroReason === 'reverse_charge', zeroReason };
}

function placeOf(address: BillingProfile['address'] | null): TaxPlace | null {
  return address === undefined || address === null
    ? null
    : { country: address.country, region: address.region ?? null };
}
