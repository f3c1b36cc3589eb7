import { commonAttributes, findAttribute, type Attribute, type ResourceKind, type Schema } from './schema.ts';

/** An attribute of a resource, found by a path such as `name.familyName` or `urn:…:User:department`. */
export interface AttributePath {
  /** The extension that it is of; undefined: of the resource itself. */
  readonly extension: Schema | undefined;
  readonly attribute: Attribute;
  readonly sub: Attribute | undefined;
}

/**
 * Finds what a path names (RFC 7644, section 3.10), whatever its letter case; undefined when it names nothing. A
 * complex attribute with several values stands for its `value` where no sub-attribute is named.
 */
export function findPath(kind: ResourceKind, path: string): AttributePath | undefined {
  const { extension, rest } = splitSchema(kind, path);
  const [name = '', subName, ...more] = rest.split('.');
  if (more.length > 0) return undefined;
  const attributes = extension?.attributes ?? [...commonAttributes, ...kind.schema.attributes];
  const attribute = findAttribute(attributes, name);
  if (attribute === undefined) return undefined;
  if (subName === undefined) return { extension, attribute, sub: undefined };
  const sub = findAttribute(attribute.subAttributes ?? [], subName);
  return sub && { extension, attribute, sub };
}

/** The extension that a path names as a whole. */
export function findExtension(kind: ResourceKind, path: string): Schema | undefined {
  return kind.extensions.find((schema) => schema.id.toLowerCase() === path.toLowerCase());
}

function splitSchema(kind: ResourceKind, path: string): { extension: Schema | undefined; rest: string } {
  const lower = path.toLowerCase();
  for (const schema of [kind.schema, ...kind.extensions]) {
    if (lower.startsWith(`${schema.id.toLowerCase()}:`))
      return { extension: schema === kind.schema ? undefined : schema, rest: path.slice(schema.id.length + 1) };
  }
  return { extension: undefined, rest: path };
}
