import { isStorableText } from '@plinth/common';
import { findAttribute, type Attribute, type ResourceKind } from './schema.ts';
import { InvalidSyntaxError, InvalidValueError, TooManyError } from './scim.errors.ts';

/** The attributes of a resource under the names of its schemas; an extension is below its URN. */
export type Document = Record<string, unknown>;

const longestText = 2000;
const mostValues = 100;
const mostMembers = 10_000;

/**
 * What a client may set of a resource: names in any letter case are brought into form, types are checked, and what is
 * read-only or unknown is left out (RFC 7644, section 3.3). Nothing else of the input gets into the platform.
 */
export function parseDocument(kind: ResourceKind, input: unknown): Document {
  if (!isObject(input)) throw new InvalidSyntaxError('A resource is a JSON object.');
  const entries = readEntries(input);
  const document: Document = {};
  const externalId = parseValue(externalIdAttribute, entries.get('externalid'), 'externalId');
  if (externalId !== undefined) document['externalId'] = externalId;
  Object.assign(document, parseAttributes(kind.schema.attributes, entries, ''));
  for (const extension of kind.extensions) {
    const own = entries.get(extension.id.toLowerCase());
    if (own === undefined || own === null) continue;
    if (!isObject(own)) throw new InvalidValueError(extension.id, 'must be an object');
    const parsed = parseAttributes(extension.attributes, readEntries(own), `${extension.id}:`);
    if (Object.keys(parsed).length > 0) document[extension.id] = parsed;
  }
  for (const attribute of kind.schema.attributes)
    if (attribute.required && document[attribute.name] === undefined)
      throw new InvalidValueError(attribute.name, 'is required');
  return document;
}

/** One attribute's value as it is kept; undefined: unassigned (RFC 7643, section 2.5). */
export function parseValue(attribute: Attribute, value: unknown, path: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (!attribute.multiValued) return parseOne(attribute, value, path);
  const values = (Array.isArray(value) ? value : [value])
    .map((one, index) => parseOne(attribute, one, `${path}[${index}]`))
    .filter((one) => one !== undefined);
  const most = attribute.name === 'members' ? mostMembers : mostValues;
  if (values.length > most) throw new TooManyError(path, most);
  if (values.filter((one) => isObject(one) && one['primary'] === true).length > 1)
    throw new InvalidValueError(path, 'has more than one primary value');
  return values.length === 0 ? undefined : values;
}

const externalIdAttribute: Attribute = { name: 'externalId', type: 'string', description: '' };

function parseAttributes(
  attributes: readonly Attribute[],
  entries: ReadonlyMap<string, unknown>,
  prefix: string,
): Document {
  const document: Document = {};
  for (const attribute of attributes) {
    if (attribute.mutability === 'readOnly') continue;
    const value = parseValue(attribute, entries.get(attribute.name.toLowerCase()), prefix + attribute.name);
    if (value !== undefined) document[attribute.name] = value;
  }
  return document;
}

function parseOne(attribute: Attribute, value: unknown, path: string): unknown {
  switch (attribute.type) {
    case 'complex':
      return parseComplex(attribute, value, path);
    case 'boolean':
      return parseBoolean(value, path);
    default:
      return parseText(value, path);
  }
}

function parseComplex(attribute: Attribute, value: unknown, path: string): unknown {
  const subAttributes = attribute.subAttributes ?? [];
  // Some directories send the value alone: a manager's id, a member's.
  const entries =
    typeof value === 'string' && findAttribute(subAttributes, 'value') !== undefined
      ? new Map([['value', value]])
      : isObject(value)
        ? readEntries(value)
        : undefined;
  if (entries === undefined) throw new InvalidValueError(path, 'must be an object');
  const parsed = parseAttributes(subAttributes, entries, `${path}.`);
  return Object.keys(parsed).length === 0 ? undefined : parsed;
}

function parseBoolean(value: unknown, path: string): boolean {
  // Some directories write booleans as texts.
  const parsed = typeof value === 'string' ? { true: true, false: false }[value.toLowerCase()] : value;
  if (typeof parsed !== 'boolean') throw new InvalidValueError(path, 'must be true or false');
  return parsed;
}

function parseText(value: unknown, path: string): string | undefined {
  if (typeof value !== 'string') throw new InvalidValueError(path, 'must be a text');
  if (value.length > longestText) throw new InvalidValueError(path, `is longer than ${longestText} characters`);
  if (!isStorableText(value)) throw new InvalidValueError(path, 'has a character that cannot be stored');
  return value === '' ? undefined : value;
}

/** Entries by their names in lower case; of two that differ in letter case alone the last one counts. */
function readEntries(input: object): Map<string, unknown> {
  return new Map(Object.entries(input).map(([name, value]) => [name.toLowerCase(), value]));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
