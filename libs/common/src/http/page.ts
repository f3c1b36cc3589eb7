import { z } from 'zod';
import { InvalidInputError } from '../errors/common.errors.ts';

/** Query of every list: `limit` and the cursor of the page before. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export interface Page<Item> {
  readonly data: Item[];
  readonly nextCursor: string | null;
}

/** Response schema of a list. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}

/** Cursors are opaque to callers: base64url of a JSON array of sort keys. */
export function encodeCursor(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The sort keys in a cursor of ours, checked against their types. Throws `InvalidInputError` for any other text. */
export function decodeCursor<const Keys extends z.ZodType>(
  cursor: string | undefined,
  keys: Keys,
): z.output<Keys> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InvalidInputError([{ path: '/query/cursor', message: 'is not a cursor of this list' }]);
  }
}

/** Makes a page from `limit + 1` rows: the extra row tells that there is a next page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly (string | number)[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const visible = rows.slice(0, limit);
  const last = visible.at(-1);
  return {
    data: visible.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
