import { findExtension, findPath } from './attribute-path.ts';
import { parseBracketed, type Filter } from './filter.ts';
import { findAttribute, type Attribute, type ResourceKind, type Schema } from './schema.ts';
import { InvalidPathError } from './scim.errors.ts';

/** What an operation of a PATCH is about (RFC 7644, figure 7). */
export interface PatchPath {
  readonly extension: Schema | undefined;
  /** Undefined: the whole extension. */
  readonly attribute: Attribute | undefined;
  readonly filter: Filter | undefined;
  readonly sub: Attribute | undefined;
}

const longest = 1000;

/** Finds what a path such as `emails[type eq "work"].value` names; throws `InvalidPathError` when that is nothing. */
export function parsePatchPath(kind: ResourceKind, path: string): PatchPath {
  if (path.length > longest) throw new InvalidPathError(`${path.slice(0, 50)}…`);
  const whole = findExtension(kind, path);
  if (whole !== undefined) return { extension: whole, attribute: undefined, filter: undefined, sub: undefined };
  const bracket = path.indexOf('[');
  const found = findPath(kind, bracket === -1 ? path : path.slice(0, bracket));
  if (found === undefined) throw new InvalidPathError(path);
  if (bracket === -1) return { ...found, filter: undefined };
  if (!found.attribute.multiValued || found.sub !== undefined) throw new InvalidPathError(path);
  const { filter, end } = parseBracketed(path, bracket);
  const rest = path.slice(end);
  if (rest === '') return { ...found, filter };
  const sub = rest.startsWith('.') ? findAttribute(found.attribute.subAttributes ?? [], rest.slice(1)) : undefined;
  if (sub === undefined) throw new InvalidPathError(path);
  return { ...found, filter, sub };
}
