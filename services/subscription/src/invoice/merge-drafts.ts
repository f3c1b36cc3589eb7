import type { DraftLine, InvoiceDraft } from './invoice.ts';

/** One draft of those with the same group key, in their order; drafts without a key stay as they are. */
export function mergeDrafts(drafts: readonly InvoiceDraft[]): InvoiceDraft[] {
  const merged: InvoiceDraft[] = [];
  const groups = new Map<string, number>();
  for (const draft of drafts) {
    const at = draft.groupKey === null ? undefined : groups.get(draft.groupKey);
    if (at !== undefined) merged[at] = join(merged[at]!, draft);
    else if (draft.groupKey === null) merged.push(draft);
    else groups.set(draft.groupKey, merged.push(draft) - 1);
  }
  return merged;
}

function join(first: InvoiceDraft, second: InvoiceDraft): InvoiceDraft {
  return {
    ...first,
    subscriptionId: first.subscriptionId === second.subscriptionId ? first.subscriptionId : null,
    subtotalMinor: first.subtotalMinor + second.subtotalMinor,
    totalMinor: first.totalMinor + second.totalMinor,
    lines: [...first.lines, ...second.lines],
  };
}

/** The draft with further lines, which make it one to be worked out before it is final. */
export function withLines(draft: InvoiceDraft, lines: readonly DraftLine[], now: Date): InvoiceDraft {
  const amount = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return {
    ...draft,
    subtotalMinor: draft.subtotalMinor + amount,
    totalMinor: draft.totalMinor + amount,
    calculation: 'pending',
    reviewUntil: draft.finalizesAtOnce ? now : draft.reviewUntil,
    finalizesAtOnce: false,
    lines: [...draft.lines, ...lines],
  };
}
