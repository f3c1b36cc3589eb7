import type { DescribedTerms } from './describe-terms.ts';

/** What kind of thing differs between two versions. */
export const changeKinds = [
  'add_on_to_changed',
  'currency_changed',
  'currencies_changed',
  'period_changed',
  'phase_added',
  'phase_removed',
  'phase_changed',
  'phase_order_changed',
  'proration_basis_changed',
  'tax_inclusion_changed',
  'minimum_spend_changed',
  'maximum_spend_changed',
  'price_added',
  'price_removed',
  'price_changed',
  'price_order_changed',
  'entitlement_added',
  'entitlement_removed',
  'entitlement_changed',
  'entitlement_order_changed',
] as const;

/** One difference between two versions. `path` names prices, phases and entitlements by their keys. */
export interface TermsChange {
  readonly kind: (typeof changeKinds)[number];
  readonly path: string;
  /** null: there was nothing. */
  readonly before: unknown;
  /** null: there is nothing. */
  readonly after: unknown;
}

type Difference = Omit<TermsChange, 'kind'>;

const fields = [
  ['addOnTo', 'add_on_to_changed'],
  ['currency', 'currency_changed'],
  ['currencies', 'currencies_changed'],
  ['period', 'period_changed'],
  ['prorationBasis', 'proration_basis_changed'],
  ['taxInclusive', 'tax_inclusion_changed'],
  ['minimumSpend', 'minimum_spend_changed'],
  ['minimumSpends', 'minimum_spend_changed'],
  ['maximumSpend', 'maximum_spend_changed'],
  ['maximumSpends', 'maximum_spend_changed'],
] as const;

/** Everything in which two versions differ, in an order that depends on the versions alone; empty when they say the same. */
export function compareTerms(before: DescribedTerms, after: DescribedTerms): TermsChange[] {
  const lists = (terms: DescribedTerms) => ({
    phase: byKey(terms.phases, (phase) => phase.key),
    price: byKey(terms.prices, (price) => price.key),
    entitlement: byKey(terms.entitlements, (entitlement) => entitlement.feature),
  });
  const [old, current] = [lists(before), lists(after)];
  return [
    ...fields.flatMap(([name, kind]) =>
      compareValues(before[name], after[name], `/${name}`).map((difference) => ({ kind, ...difference })),
    ),
    ...compareLists(old.phase, current.phase, 'phase', '/phases'),
    ...compareLists(old.price, current.price, 'price', '/prices'),
    ...compareLists(old.entitlement, current.entitlement, 'entitlement', '/entitlements'),
  ];
}

function byKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

/** Removals and changes in the order before, then additions, then the order of what both have. */
function compareLists(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  noun: 'phase' | 'price' | 'entitlement',
  at: string,
): TermsChange[] {
  const changes: TermsChange[] = [];
  for (const [key, item] of before) {
    const path = `${at}/${key}`;
    if (!after.has(key)) changes.push({ kind: `${noun}_removed`, path, before: item, after: null });
    else
      for (const difference of compareValues(item, after.get(key), path))
        changes.push({ kind: `${noun}_changed`, ...difference });
  }
  for (const [key, item] of after)
    if (!before.has(key)) changes.push({ kind: `${noun}_added`, path: `${at}/${key}`, before: null, after: item });
  const kept = (items: ReadonlyMap<string, unknown>) =>
    [...items.keys()].filter((key) => before.has(key) && after.has(key));
  const [oldOrder, newOrder] = [kept(before), kept(after)];
  if (oldOrder.join() !== newOrder.join())
    changes.push({ kind: `${noun}_order_changed`, path: at, before: oldOrder, after: newOrder });
  return changes;
}

/** The deepest values that differ; a price model of another kind, and a list of another length, differ as a whole. */
function compareValues(before: unknown, after: unknown, path: string): Difference[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => compareValues(item, after[index], `${path}/${index}`));
  if (isRecord(before) && isRecord(after) && modelName(before) === modelName(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return names.flatMap((name) => compareValues(before[name], after[name], `${path}/${escapeName(name)}`));
  }
  return JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ path, before: before ?? null, after: after ?? null }];
}

/** The kind of a price model; undefined for anything else, also for a price, whose `model` is no text. */
function modelName({ model }: Record<string, unknown>): string | undefined {
  return typeof model === 'string' ? model : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 6901. */
function escapeName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
