import type { CalculableLine } from './calculate-invoice.ts';
import type { PlacedCapFact } from './discount-facts.store.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { capOf } from './period-cap.ts';

type Placed = Pick<Invoice, 'id' | 'billedAt'>;

/** What invoices say about maximum spends of the same periods, while drafts are worked out one after the other. */
export class CapFacts {
  readonly #facts: PlacedCapFact[];

  /** Of the drafts that are about to be worked out, what they said before does not count. */
  constructor(facts: readonly PlacedCapFact[], drafts: ReadonlySet<string>) {
    this.#facts = facts.filter(({ invoiceId }) => !drafts.has(invoiceId));
  }

  /** A draft's lines, those of maximum spends with what they are compared with. */
  cap(draft: Placed, lines: readonly CalculableLine<InvoiceLine>[]): readonly CalculableLine<InvoiceLine>[] {
    if (!lines.some(({ kind }) => kind === 'maximum')) return lines;
    const earlier = this.#facts.filter((fact) => isBefore(fact, draft));
    return lines.map((line) => ({ ...line, cap: capOf(line, lines, earlier) }));
  }

  /** A draft has been worked out, and counts for those that follow. */
  record({ id, billedAt }: Placed, lines: readonly InvoiceLine[]): void {
    for (const line of lines)
      if (line.kind === 'maximum' || line.discountMinor !== 0n) this.#facts.push({ ...line, invoiceId: id, billedAt });
  }
}

/** Invoices of one period are billed one after the other. */
function isBefore(fact: PlacedCapFact, draft: Placed): boolean {
  const [at, then] = [fact.billedAt.getTime(), draft.billedAt.getTime()];
  return at < then || (at === then && fact.invoiceId < draft.id);
}
