import type { ImportStep, Stamp } from './catalogue.ts';

interface Versioned {
  readonly version: number;
  readonly updatedAt: Date;
  readonly archived?: boolean;
}

/** What a new row begins with. */
export function fresh({ now, newId }: Stamp): { id: string; version: number; createdAt: Date; updatedAt: Date } {
  return { id: newId(), version: 1, createdAt: now, updatedAt: now };
}

/** What is to be done for `after` to be there where `before` is; a change counts the version up. */
export function decide<Item extends Versioned>(
  before: Item | undefined,
  after: Item,
  { now }: Stamp,
): { readonly action: ImportStep['action']; readonly before: Item | undefined; readonly after: Item } {
  if (before === undefined) return { action: 'created', before, after };
  if (sameText(before, after)) return { action: 'unchanged', before, after: before };
  const action = after.archived === true && before.archived === false ? 'archived' : 'updated';
  return { action, before, after: { ...after, version: before.version + 1, updatedAt: now } };
}

/** Whether two values are the same as JSON, whatever the order of their fields. */
export function sameText(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
