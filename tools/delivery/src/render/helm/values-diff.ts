type Values = Readonly<Record<string, unknown>>;

/**
 * What must be written so that Helm, which merges maps and replaces everything else, makes `to` of `from`. A key that
 * is to go away becomes null.
 */
export function diffHelmValues(from: Values, to: Values): Record<string, unknown> {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    keys.flatMap((key): [string, unknown][] => {
      const before = from[key];
      const after = to[key];
      if (!Object.hasOwn(to, key)) return before === null ? [] : [[key, null]];
      if (JSON.stringify(before) === JSON.stringify(after)) return [];
      if (!isMap(before) || !isMap(after)) return [[key, after]];
      const inner = diffHelmValues(before, after);
      return Object.keys(inner).length === 0 ? [] : [[key, inner]];
    }),
  );
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
