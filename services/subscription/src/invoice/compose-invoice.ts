import type { AccountSummary } from '@plinth/contracts';
import { addDays, type LocalDate } from '@plinth/common/calendar';
import { localDateAt } from '@plinth/common/local-date';
import type { BilledLine } from '../billing/line.ts';
import type { LegalEntities, LegalEntity } from '../legal-entity/legal-entity.ts';
import type { TaxRates } from '../tax/tax-rate.ts';
import { calculateInvoice } from './calculate-invoice.ts';
import type { InvoiceCalculation, InvoiceCustomer, InvoiceDraft, InvoiceReason } from './invoice.ts';

/** A line that is about to go on an invoice: who it is for, and whether its price contains the tax. */
export interface NewLine extends BilledLine {
  readonly accountId: string;
  readonly subscriptionId: string | null;
  readonly sequence?: number;
  readonly taxInclusive: boolean;
}

/** Who issues invoices and which taxes they charge, the same for a whole run. */
export interface IssuingRules {
  readonly entities: LegalEntities;
  readonly rates: TaxRates;
}

export interface ComposeInvoiceInput extends IssuingRules {
  /** Who pays; undefined where the account is no longer known. */
  readonly payer: AccountSummary | undefined;
  readonly payerId: string;
  /** The only subscription on it, or null. */
  readonly subscriptionId: string | null;
  readonly reason: InvoiceReason;
  readonly billedAt: Date;
  readonly currency: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly lines: readonly NewLine[];
  /** Whether it is finalized by itself: at once, or when its review window is over. */
  readonly finalize: boolean;
  /** Billings of the same key go on one invoice. */
  readonly groupKey: string | null;
  /** Whether discounts have to be looked at, which is done apart from the run. */
  readonly hasDiscounts: boolean;
}

/**
 * An invoice of lines, a pure function of what it is made of. It is worked out here unless coupons, an external tax
 * service or lines that are yet to come have a say; such a draft is worked out before it is finalized.
 */
export function composeInvoice(input: ComposeInvoiceInput): InvoiceDraft {
  const { payer, billedAt, currency, timeZone, now } = input;
  const issuer = input.entities.forKey(payer?.billing.legalEntity);
  const calculation = calculationOf(input, issuer);
  const customer = toCustomer(payer, input.payerId);
  const lines = input.lines.map((line) => ({
    ...line,
    sequence: line.sequence ?? 0,
    discountMinor: 0n,
    discounts: [],
    taxPercent: null,
    taxMinor: 0n,
    planKey: null,
  }));
  const { used: _used, ...calculated } = calculateInvoice({
    issuer,
    payerId: input.payerId,
    customer,
    currency,
    date: localDateAt(timeZone, billedAt),
    lines,
    redemptions: [],
    taxes: calculation === 'done' ? input.rates : undefined,
  });
  const waits = issuer.reviewHours > 0 || calculation !== 'done';
  return {
    ...calculated,
    legalEntityId: issuer.id,
    legalEntityVersion: issuer.version,
    numberPrefix: issuer.invoicePrefix,
    accountId: input.payerId,
    subscriptionId: input.subscriptionId,
    reason: input.reason,
    billedAt,
    currency,
    timeZone,
    customer,
    calculation,
    groupKey: input.groupKey,
    dueOn: dueOn({ billedAt, timeZone, customer }, issuer, now),
    reviewUntil: input.finalize && waits ? new Date(now.getTime() + issuer.reviewHours * 3_600_000) : null,
    finalizesAtOnce: input.finalize && !waits,
  };
}

/** When an invoice is due: the payment term after it was billed, or after it was issued if that is later. */
export function dueOn(
  { billedAt, timeZone, customer }: { billedAt: Date; timeZone: string; customer: InvoiceCustomer },
  issuer: Pick<LegalEntity, 'paymentTermDays'>,
  issuedAt: Date,
): LocalDate {
  const from = issuedAt > billedAt ? issuedAt : billedAt;
  return addDays(localDateAt(timeZone, from), customer.billing.paymentTermDays ?? issuer.paymentTermDays);
}

export function toCustomer(payer: AccountSummary | undefined, payerId: string): InvoiceCustomer {
  return {
    key: payer?.key ?? payerId,
    name: payer?.name ?? '',
    email: payer?.email ?? null,
    billing: payer?.billing ?? {},
  };
}

function calculationOf({ hasDiscounts, groupKey }: ComposeInvoiceInput, issuer: LegalEntity): InvoiceCalculation {
  if (hasDiscounts || groupKey !== null) return 'pending';
  return issuer.taxProvider === 'external' ? 'untaxed' : 'done';
}
