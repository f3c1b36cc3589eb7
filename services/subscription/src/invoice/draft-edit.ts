import { z } from 'zod';

const text = z.string();

/** One change of a draft, as it is kept while it waits for approval. */
export const draftEditSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add'),
    line: z.object({
      description: text,
      quantity: text,
      unitAmount: text,
      taxCategory: text,
      taxInclusive: z.boolean(),
    }),
  }),
  z.object({
    kind: z.literal('change'),
    position: z.int(),
    change: z.object({
      description: text.optional(),
      amount: text.optional(),
      taxCategory: text.optional(),
      reason: text,
    }),
  }),
  z.object({ kind: z.literal('remove'), position: z.int(), reason: text }),
]);

export type DraftEdit = z.output<typeof draftEditSchema>;

/** What whoever edits says of why; of a line that is added, what the line says. */
export function reasonOf(edit: DraftEdit): string {
  switch (edit.kind) {
    case 'add':
      return edit.line.description;
    case 'change':
      return edit.change.reason;
    case 'remove':
      return edit.reason;
  }
}
