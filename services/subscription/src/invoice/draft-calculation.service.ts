import type { Clock, Transaction } from '@plinth/common';
import { localDateAt } from '@plinth/common/local-date';
import type { CouponRedemption } from '../coupon/coupon-redemption.ts';
import { periodsLeft } from '../coupon/coupon-redemption.ts';
import type { CouponService } from '../coupon/coupon.service.ts';
import { calculateInvoice, type CalculableLine, type Calculation, type ExternalTax } from './calculate-invoice.ts';
import type { IssuingRules } from './compose-invoice.ts';
import { insertUses, releaseUses, type CouponUse } from './coupon-use.store.ts';
import { CapFacts } from './cap-facts.ts';
import { listCapFacts, listGivingLines, listPlanKeys } from './discount-facts.store.ts';
import { listLinesOf, updateCalculatedLines, updateEditedLine } from './invoice-line.store.ts';
import { updateInvoices } from './invoice.store.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import type { IssuingRulesService } from './issuing-rules.service.ts';
import { isCap, isNetCap } from './period-cap.ts';

type Line = CalculableLine<InvoiceLine>;

/** Works out drafts whose discounts and taxes were not known when they were written, or were edited since. */
export class DraftCalculation {
  readonly #rules: IssuingRulesService;
  readonly #coupons: CouponService;
  readonly #clock: Clock;

  constructor(rules: IssuingRulesService, coupons: CouponService, clock: Clock) {
    this.#rules = rules;
    this.#coupons = coupons;
    this.#clock = clock;
  }

  /**
   * Works drafts out, whose rows the caller has locked, oldest billing first. Redeemed coupons are locked and their
   * invoices counted; where taxes come from an external service they are left open. Gives the drafts as they are then.
   */
  async calculateIn(transaction: Transaction, drafts: readonly Invoice[]): Promise<Invoice[]> {
    if (drafts.length === 0) return [];
    const rules = await this.#rules.loadIn(transaction);
    const ids = drafts.map(({ id }) => id);
    await releaseUses(transaction, ids);
    const lines = await this.#loadLines(transaction, ids);
    const redemptions = await this.#lockRedemptions(transaction, drafts, lines);
    const ordered = drafts.toSorted((a, b) => a.billedAt.getTime() - b.billedAt.getTime() || (a.id < b.id ? -1 : 1));
    const caps = await loadCapFacts(transaction, lines);
    const uses: CouponUse[] = [];
    const results = ordered.map((draft) => {
      const own = caps.cap(draft, lines.get(draft.id) ?? []);
      const result = this.#calculate(draft, own, rules, redemptions.listLeft());
      caps.record(draft, result.calculation.lines);
      for (const redemptionId of result.calculation.used) {
        redemptions.use(redemptionId);
        uses.push({ redemptionId, invoiceId: draft.id });
      }
      return result;
    });
    await this.#write(transaction, results);
    await insertUses(transaction, uses);
    return results.map(({ invoice }) => invoice);
  }

  /** Takes over what an external service said of a draft's lines, which are as they were when it was asked. */
  async applyTaxesIn(
    transaction: Transaction,
    draft: Invoice,
    lines: readonly InvoiceLine[],
    taxes: readonly ExternalTax[],
  ): Promise<Invoice> {
    const { entities } = await this.#rules.loadIn(transaction);
    // Discounts are worked out already: each line stands for what is left of it.
    const rest = lines.map((line) => ({
      ...line,
      amountMinor: line.amountMinor - line.discountMinor,
      planKey: null,
      gives: undefined,
    }));
    const issuer = entities.get(draft.legalEntityId);
    const calculation = calculateInvoice({ ...inputOf(draft), issuer, lines: rest, redemptions: [], taxes });
    const { taxMinor, taxes: totals, totalMinor } = calculation;
    const invoice: Invoice = { ...draft, taxMinor, taxes: totals, totalMinor, calculation: 'done' };
    const written = lines.map((line, position) => {
      const { taxPercent, taxMinor: tax } = calculation.lines[position]!;
      return { ...line, invoiceId: draft.id, taxPercent, taxMinor: tax };
    });
    await updateCalculatedLines(transaction, written);
    await updateInvoices(transaction, [invoice]);
    return invoice;
  }

  #calculate(
    draft: Invoice,
    lines: readonly Line[],
    { entities, rates }: IssuingRules,
    redemptions: CouponRedemption[],
  ) {
    const issuer = entities.get(draft.legalEntityId);
    const isExternal = issuer.taxProvider === 'external';
    const calculation = calculateInvoice({
      ...inputOf(draft),
      issuer,
      lines,
      redemptions,
      taxes: isExternal ? undefined : rates,
    });
    const { subtotalMinor, discountMinor, taxMinor, taxes, totalMinor } = calculation;
    const invoice: Invoice = {
      ...draft,
      legalEntityVersion: issuer.version,
      subtotalMinor,
      discountMinor,
      taxMinor,
      taxes,
      totalMinor,
      calculation: isExternal ? 'untaxed' : 'done',
      lineCount: lines.length,
      updatedAt: this.#clock.now(),
    };
    return { invoice, calculation };
  }

  async #loadLines(transaction: Transaction, ids: readonly string[]): Promise<Map<string, Line[]>> {
    const lines = await listLinesOf(transaction, ids);
    const all = [...lines.values()].flat();
    const [planKeys, giving] = await Promise.all([listPlanKeys(transaction, all), listGivingLines(transaction, ids)]);
    return new Map(
      [...lines].map(([id, own]) => [
        id,
        own.map((line) => ({
          ...line,
          planKey: line.planId === null ? null : (planKeys.get(line.planId) ?? null),
          gives: giving.get(`${id}/${line.position}`),
        })),
      ]),
    );
  }

  async #lockRedemptions(
    transaction: Transaction,
    drafts: readonly Invoice[],
    lines: ReadonlyMap<string, readonly Line[]>,
  ): Promise<LeftRedemptions> {
    const subscriptions = new Set<string>();
    const accounts = new Set(drafts.map(({ accountId }) => accountId));
    for (const line of [...lines.values()].flat()) {
      accounts.add(line.accountId);
      if (line.subscriptionId !== null) subscriptions.add(line.subscriptionId);
    }
    return new LeftRedemptions(await this.#coupons.listActiveIn(transaction, [...subscriptions], [...accounts]));
  }

  async #write(
    transaction: Transaction,
    results: readonly { readonly invoice: Invoice; readonly calculation: Calculation<InvoiceLine> }[],
  ): Promise<void> {
    const lines = results.flatMap(({ invoice, calculation }) =>
      calculation.lines.map((line) => ({ ...line, invoiceId: invoice.id })),
    );
    await updateCalculatedLines(transaction, lines);
    for (const line of lines.filter(isNetCap)) await updateEditedLine(transaction, line.invoiceId, line);
    await updateInvoices(
      transaction,
      results.map(({ invoice }) => invoice),
    );
  }
}

/** One query where any of the lines is of a maximum spend, none otherwise. */
async function loadCapFacts(
  transaction: Transaction,
  lines: ReadonlyMap<string, readonly InvoiceLine[]>,
): Promise<CapFacts> {
  const periods = new Map(
    [...lines.values()].flat().flatMap(({ kind, subscriptionId, periodIndex }) => {
      if (!isCap({ kind }) || subscriptionId === null || periodIndex === null) return [];
      return [[`${subscriptionId}/${periodIndex}`, { subscriptionId, periodIndex }]] as const;
    }),
  );
  return new CapFacts(await listCapFacts(transaction, [...periods.values()]), new Set(lines.keys()));
}

/** Redemptions with the invoices that they may still lower, counted down while drafts are worked out. */
class LeftRedemptions {
  readonly #redemptions: readonly CouponRedemption[];
  readonly #left: Map<string, number | null>;
  constructor(redemptions: readonly CouponRedemption[]) {
    this.#redemptions = redemptions;
    this.#left = new Map(redemptions.map((redemption) => [redemption.id, periodsLeft(redemption)]));
  }

  listLeft(): CouponRedemption[] {
    return this.#redemptions.filter(({ id }) => this.#left.get(id) !== 0);
  }

  use(id: string): void {
    const left = this.#left.get(id) ?? null;
    if (left !== null) this.#left.set(id, left - 1);
  }
}

function inputOf({ accountId, customer, currency, timeZone, billedAt }: Invoice) {
  return { payerId: accountId, customer, currency, date: localDateAt(timeZone, billedAt) };
}
