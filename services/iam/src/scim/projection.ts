import { findPath } from './attribute-path.ts';
import { isObject } from './resource-document.ts';
import type { ResourceKind } from './schema.ts';

export interface Projection {
  readonly attributes: readonly string[];
  readonly excluded: readonly string[];
}

const always = new Set(['schemas', 'id']);

/** The parts of a resource that a client asked for (RFC 7644, section 3.9). Names that it does not have count for nothing. */
export function project(
  kind: ResourceKind,
  resource: Readonly<Record<string, unknown>>,
  { attributes, excluded }: Projection,
): Record<string, unknown> {
  if (attributes.length > 0) return pick(kind, resource, attributes);
  const result = structuredClone(resource) as Record<string, unknown>;
  for (const names of excluded.flatMap((path) => namesOf(kind, path)))
    if (!always.has(names[0]!)) remove(result, names);
  return result;
}

function pick(
  kind: ResourceKind,
  resource: Readonly<Record<string, unknown>>,
  attributes: readonly string[],
): Record<string, unknown> {
  const result: Record<string, unknown> = { schemas: resource['schemas'], id: resource['id'] };
  for (const names of attributes.flatMap((path) => namesOf(kind, path))) copy(resource, result, names);
  return result;
}

/** The way to what a path names: extension, attribute, sub-attribute. */
function namesOf(kind: ResourceKind, path: string): string[][] {
  const extension = kind.extensions.find((schema) => schema.id.toLowerCase() === path.toLowerCase());
  if (extension !== undefined) return [[extension.id]];
  const found = findPath(kind, path);
  if (found === undefined) return [];
  return [[found.extension?.id, found.attribute.name, found.sub?.name].filter((name) => name !== undefined)];
}

function copy(from: Readonly<Record<string, unknown>>, to: Record<string, unknown>, [name, ...rest]: string[]): void {
  const value = from[name!];
  if (value === undefined) return;
  if (rest.length === 0) {
    to[name!] = value;
    return;
  }
  if (Array.isArray(value)) {
    const kept = (to[name!] ??= value.map(() => ({}))) as Record<string, unknown>[];
    value.forEach((one: Record<string, unknown>, index) => copy(one, kept[index]!, rest));
  } else if (isObject(value)) copy(value, (to[name!] ??= {}) as Record<string, unknown>, rest);
}

function remove(from: Record<string, unknown>, [name, ...rest]: string[]): void {
  if (rest.length === 0) {
    delete from[name!];
    return;
  }
  const value = from[name!];
  if (Array.isArray(value)) for (const one of value) remove(one as Record<string, unknown>, rest);
  else if (isObject(value)) remove(value, rest);
}
