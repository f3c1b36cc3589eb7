import type { Quantity } from '../../model/platform-model.ts';

/** Compose puts variables in for `$name`; a dollar sign of the value itself is written twice. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A map without what is undefined; undefined when nothing is left. */
export function present<Value>(
  entries: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> | undefined {
  const kept = Object.entries(entries).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Undefined instead of an empty list. */
export function some<Value>(list: readonly Value[]): readonly Value[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Cores as a decimal text, memory in MiB. */
export function resource({ cpu, memory }: Quantity): { cpus: string; memory: string } {
  return { cpus: String(cpu / 1000), memory: `${memory}M` };
}
