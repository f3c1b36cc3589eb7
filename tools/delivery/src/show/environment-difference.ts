import type { ResolvedPlatform } from '../model/platform-model.ts';

/** One value that differs between two environments; undefined where it does not exist. */
export interface Difference {
  /** `workloads.api.replicas`. */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** Everything in which two environments differ, sorted by path. What follows from a name or domain is part of it. */
export function diffEnvironments(left: ResolvedPlatform, right: ResolvedPlatform): Difference[] {
  return compare('', comparable(left), comparable(right));
}

/** Lists of named things become objects, so that they are compared by name rather than by position. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    const named = value.every((item) => isRecord(item) && typeof item['name'] === 'string');
    if (!named || value.length === 0) return value.map(comparable);
    return Object.fromEntries(
      value.map((item: Record<string, unknown>) => {
        const { name, ...rest } = item;
        return [String(name), comparable(rest)];
      }),
    );
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ignored.has(key))
      .map(([key, item]) => [key, comparable(item)]),
  );
}

// The same for all environments, or there to be read by machines only.
const ignored = new Set(['environments', 'entry', 'definition', 'content']);

function compare(path: string, left: unknown, right: unknown): Difference[] {
  if (isRecord(left) && isRecord(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].toSorted();
    return keys.flatMap((key) => compare(path === '' ? key : `${path}.${key}`, left[key], right[key]));
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
