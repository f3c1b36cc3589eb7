import { guardedFetch, type Secret } from '@plinth/common';
import { z } from 'zod';
import { localDateAt } from '@plinth/common/local-date';
import type { ExternalTax } from '../invoice/calculate-invoice.ts';
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import type { LegalEntity } from '../legal-entity/legal-entity.ts';
import { exact } from '../money/exact-decimal.ts';
import { TaxServiceFailedError } from './tax-service.errors.ts';
import { zeroTaxReasons, type ZeroTaxReason } from './zero-tax-reason.ts';

export interface ExternalTaxOptions {
  /** Where lines are posted to. The operator chose it, so it may be at home. */
  readonly url: string;
  readonly token: Secret | undefined;
  readonly timeoutMs: number;
}

/** What the service answers: a tax for each line, in smallest units of the invoice's currency. */
const answerSchema = z.object({
  lines: z.array(
    z.object({
      position: z.int(),
      percent: z.string().regex(/^\d{1,3}(\.\d{1,9})?$/),
      taxMinor: z.string().regex(/^-?\d{1,30}$/),
      label: z.string().max(100),
      reverseCharge: z.boolean().default(false),
      zeroReason: z.enum(zeroTaxReasons).optional(),
    }),
  ),
});

/** Asks a tax service over HTTP; its request and answer are described in the README of this service. */
export class ExternalTaxService {
  readonly #options: ExternalTaxOptions;
  constructor(options: ExternalTaxOptions) {
    this.#options = options;
  }

  /**
   * The taxes of a draft's lines, in their order. The same draft is asked for with the same key, an edited one with
   * another. Throws `TaxServiceFailedError` where the service is away or answers something else.
   */
  async calculate(invoice: Invoice, lines: readonly InvoiceLine[], issuer: LegalEntity): Promise<ExternalTax[]> {
    const answer = await this.#post(toRequest(invoice, lines, issuer), `${invoice.id}/${invoice.version}`);
    const taxes = new Map(answer.lines.map((line) => [line.position, line]));
    return lines.map(({ position }) => {
      const tax = taxes.get(position);
      if (tax === undefined) throw new TaxServiceFailedError(`it says nothing of line ${position}`);
      return {
        percent: tax.percent,
        label: tax.label,
        reverseCharge: tax.reverseCharge || tax.zeroReason === 'reverse_charge',
        zeroReason: zeroReasonOf(tax),
        taxMinor: BigInt(tax.taxMinor),
      };
    });
  }

  async #post(body: unknown, key: string): Promise<z.output<typeof answerSchema>> {
    const { url, token, timeoutMs } = this.#options;
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
    };
    let response: Response;
    try {
      response = await guardedFetch(
        url,
        { method: 'POST', headers, body: JSON.stringify(body) },
        { allowPrivate: true, timeoutMs },
      );
    } catch (error) {
      throw new TaxServiceFailedError('it is not reachable', error);
    }
    if (!response.ok) throw new TaxServiceFailedError(`status ${response.status}`);
    const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw new TaxServiceFailedError('its answer does not fit the schema', answer.error);
    return answer.data;
  }
}

/** A service that says nothing more than 0 % means a rate of zero. */
function zeroReasonOf({
  percent,
  reverseCharge,
  zeroReason,
}: z.output<typeof answerSchema>['lines'][number]): ZeroTaxReason | undefined {
  if (!exact(percent).isZero()) return undefined;
  return zeroReason ?? (reverseCharge ? 'reverse_charge' : 'zero_rated');
}

function toRequest(invoice: Invoice, lines: readonly InvoiceLine[], issuer: LegalEntity) {
  const { address, taxId, taxExempt } = invoice.customer.billing;
  return {
    invoiceId: invoice.id,
    currency: invoice.currency,
    date: localDateAt(invoice.timeZone, invoice.billedAt),
    issuer: { key: issuer.key, address: issuer.address, taxId: issuer.taxId },
    customer: {
      key: invoice.customer.key,
      address: address ?? null,
      taxId: taxId ?? null,
      taxExempt: taxExempt ?? false,
    },
    lines: lines.map((line) => ({
      position: line.position,
      description: line.description,
      quantity: line.quantityBilled,
      taxCategory: line.taxCategory,
      taxInclusive: line.taxInclusive,
      amountMinor: (line.amountMinor - line.discountMinor).toString(),
    })),
  };
}
