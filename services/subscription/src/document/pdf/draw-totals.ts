import type { ValueFormat } from '../format-values.ts';
import { documentDueMinor, type BillingDocument } from '../document.ts';
import type { DocumentTexts } from '../texts/texts.ts';
import { ink, type Sheet } from './sheet.ts';

interface Total {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
  readonly ruled?: boolean;
}

const width = 290;

/** What the lines add up to, below the table on the right. */
export function drawTotals(sheet: Sheet, document: BillingDocument, texts: DocumentTexts, format: ValueFormat): void {
  const totals = listTotals(document, texts, format);
  const x = sheet.right - width;
  const valueWidth = 100;
  const style = ({ strong = false }: Total) => ({ size: strong ? 10.5 : 9, bold: strong });
  const heightOf = (total: Total) =>
    sheet.measure(total.label, { ...style(total), width: width - valueWidth }) + (total.ruled ? 12 : 5);
  // Totals are read together.
  sheet.ensure(totals.reduce((sum, total) => sum + heightOf(total), 20));
  sheet.y += 10;
  for (const total of totals) {
    if (total.ruled) {
      sheet.y += 2;
      sheet.band({ x, width, height: 0.6, color: ink.rule });
      sheet.y += 5;
    }
    const color = total.strong ? ink.text : ink.faint;
    const height = sheet.text(total.label, { ...style(total), x, width: width - valueWidth, color });
    sheet.text(total.value, {
      ...style(total),
      x: sheet.right - valueWidth - 20,
      width: valueWidth + 20,
      align: 'right',
    });
    sheet.y += height + 5;
  }
  for (const note of listZeroTaxNotes(document, texts)) {
    sheet.ensure(30);
    sheet.y += 8;
    sheet.line(note, { size: 9 });
  }
}

/** Why a tax is 0 %, each reason once. */
function listZeroTaxNotes({ taxes }: BillingDocument, { zeroTax }: DocumentTexts): string[] {
  const reasons = taxes.flatMap(({ reverseCharge, zeroReason }) =>
    reverseCharge ? (['reverse_charge'] as const) : zeroReason === undefined ? [] : [zeroReason],
  );
  return [...new Set(reasons)].map((reason) => zeroTax[reason]).filter((note) => note !== '');
}

function listTotals(document: BillingDocument, texts: DocumentTexts, { money, percent }: ValueFormat): Total[] {
  const { kind, subtotalMinor, discountMinor, taxMinor, totalMinor, creditsMinor } = document;
  const added = totalMinor - (subtotalMinor - discountMinor);
  const isInclusive = added !== taxMinor;
  const hasSteps = discountMinor !== 0n || taxMinor !== 0n || document.taxes.length > 0;
  const taxes = document.taxes.map(({ label, percent: rate, reverseCharge, taxableMinor, taxMinor: own }) => {
    const say = isInclusive ? texts.taxIncluded : texts.taxOn;
    return {
      label: say(label === '' || reverseCharge ? texts.tax : label, percent(rate), money(BigInt(taxableMinor))),
      value: money(BigInt(own)),
    };
  });
  const total = { label: texts.total, value: money(totalMinor), strong: true, ruled: true };
  return [
    ...(hasSteps ? [{ label: texts.subtotal, value: money(subtotalMinor) }] : []),
    ...(discountMinor === 0n ? [] : [{ label: texts.discount, value: money(-discountMinor) }]),
    ...(discountMinor === 0n || isInclusive ? [] : [{ label: texts.net, value: money(subtotalMinor - discountMinor) }]),
    // Where some prices contain the tax and others do not, what was added is one amount.
    ...(isInclusive && added !== 0n ? [{ label: texts.tax, value: money(added) }] : []),
    ...(isInclusive ? [total, ...taxes] : [...taxes, total]),
    ...(creditsMinor === 0n ? [] : [{ label: texts.credits, value: money(-creditsMinor) }]),
    {
      label: kind === 'invoice' ? texts.amountDue : texts.amountCredited,
      value: money(documentDueMinor(document)),
      strong: true,
      ruled: creditsMinor !== 0n || isInclusive,
    },
  ];
}
