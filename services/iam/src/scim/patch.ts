import { matchesFilter } from './filter-match.ts';
import type { Filter } from './filter.ts';
import { parsePatchPath, type PatchPath } from './patch-path.ts';
import { isObject, parseDocument, parseValue, type Document } from './resource-document.ts';
import type { Attribute, ResourceKind } from './schema.ts';
import {
  InvalidPathError,
  InvalidSyntaxError,
  InvalidValueError,
  MutabilityError,
  NoTargetError,
  TooManyError,
} from './scim.errors.ts';

export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | undefined;
  readonly value: unknown;
}

const mostOperations = 200;

/** The operations of a PATCH body (RFC 7644, section 3.5.2). */
export function parsePatch(body: unknown): PatchOperation[] {
  const operations = isObject(body)
    ? Object.entries(body).find(([name]) => name.toLowerCase() === 'operations')?.[1]
    : undefined;
  if (!Array.isArray(operations) || operations.length === 0) throw malformed('it has no operations');
  if (operations.length > mostOperations) throw new TooManyError('operations', mostOperations);
  return operations.map((operation: unknown, index) => {
    if (!isObject(operation)) throw malformed(`operation ${index + 1} is not an object`);
    const { path, value } = operation;
    const op = typeof operation['op'] === 'string' ? operation['op'].toLowerCase() : '';
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw malformed(`op of operation ${index + 1} is neither add nor replace nor remove`);
    if (path !== undefined && typeof path !== 'string') throw malformed(`path of operation ${index + 1} is not a text`);
    if (op !== 'remove' && value === undefined) throw malformed(`operation ${index + 1} has no value`);
    return { op, path: path === '' ? undefined : path, value };
  });
}

/** The document after all operations, or an error and nothing of them. */
export function applyPatch(kind: ResourceKind, before: Document, operations: readonly PatchOperation[]): Document {
  const document = structuredClone(before);
  for (const operation of operations) applyOperation(kind, document, operation);
  return parseDocument(kind, document);
}

function applyOperation(kind: ResourceKind, document: Document, { op, path, value }: PatchOperation): void {
  if (path !== undefined) return applyAt(document, op, parsePatchPath(kind, path), value);
  if (op === 'remove') throw new NoTargetError('An operation that removes needs a path.');
  if (!isObject(value)) throw new InvalidValueError('value', 'must be an object where there is no path');
  for (const [name, own] of Object.entries(value)) {
    const target = findTarget(kind, name);
    // As in a whole resource: what is unknown or read-only is left out.
    if (target !== undefined && target.attribute?.mutability !== 'readOnly') applyAt(document, op, target, own);
  }
}

function findTarget(kind: ResourceKind, name: string): PatchPath | undefined {
  try {
    return parsePatchPath(kind, name);
  } catch (error) {
    if (error instanceof InvalidPathError) return undefined;
    throw error;
  }
}

function applyAt(document: Document, op: PatchOperation['op'], target: PatchPath, value: unknown): void {
  const { extension, attribute, sub } = target;
  if (attribute?.mutability === 'readOnly' || sub?.mutability === 'readOnly')
    throw new MutabilityError((sub ?? attribute)!.name);
  if (extension !== undefined && attribute === undefined) return applyToExtension(document, op, extension, value);
  const holder = extension === undefined ? document : ((document[extension.id] ??= {}) as Document);
  if (op === 'remove') removeAt(holder, target, value);
  else if (target.filter !== undefined) setMatching(holder, op, target, value);
  else if (sub !== undefined) setSub(holder, attribute!, sub, value);
  else setWhole(holder, op, attribute!, value);
}

function applyToExtension(
  document: Document,
  op: PatchOperation['op'],
  extension: NonNullable<PatchPath['extension']>,
  value: unknown,
): void {
  if (op === 'remove') {
    delete document[extension.id];
    return;
  }
  if (!isObject(value)) throw new InvalidValueError(extension.id, 'must be an object');
  const holder = (document[extension.id] ??= {}) as Document;
  for (const [name, own] of Object.entries(value)) {
    const attribute = extension.attributes.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (attribute !== undefined) setWhole(holder, op, attribute, own);
  }
}

function setWhole(holder: Document, op: 'add' | 'replace', attribute: Attribute, value: unknown): void {
  const parsed = parseValue(attribute, value, attribute.name);
  const before = holder[attribute.name];
  if (parsed === undefined) {
    if (op === 'replace') delete holder[attribute.name];
  } else if (attribute.multiValued && op === 'add' && Array.isArray(before)) {
    holder[attribute.name] = append(before as Document[], parsed as Document[]);
  } else if (attribute.type === 'complex' && !attribute.multiValued && isObject(before)) {
    holder[attribute.name] = { ...before, ...(parsed as Document) };
  } else holder[attribute.name] = parsed;
}

/** Adds values that are not there yet; a new primary one takes the place of the old one. */
function append(before: readonly Document[], added: readonly Document[]): Document[] {
  const known = new Set(before.map(keyOf));
  const fresh = added.filter((one) => !known.has(keyOf(one)));
  const hasPrimary = fresh.some((one) => one['primary'] === true);
  const kept = hasPrimary ? before.map((one) => (one['primary'] === true ? { ...one, primary: false } : one)) : before;
  return [...kept, ...fresh];
}

/** The same for values that say the same. */
function keyOf(value: Document): string {
  return JSON.stringify(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function setSub(holder: Document, attribute: Attribute, sub: Attribute, value: unknown): void {
  const parsed = parseValue(sub, value, `${attribute.name}.${sub.name}`);
  if (attribute.multiValued) {
    for (const one of valuesOf(holder, attribute)) assign(one, sub.name, parsed);
    return;
  }
  const own = (holder[attribute.name] ??= {}) as Document;
  assign(own, sub.name, parsed);
}

function setMatching(holder: Document, op: 'add' | 'replace', target: PatchPath, value: unknown): void {
  const { attribute, sub, filter } = target as PatchPath & { attribute: Attribute; filter: Filter };
  const matching = valuesOf(holder, attribute).filter((one) => matchesFilter(filter, attribute, one));
  if (matching.length === 0) {
    const made = op === 'add' ? valueOfFilter(filter, attribute) : undefined;
    if (made === undefined) throw new NoTargetError(`No value of ${attribute.name} fulfils the filter of the path.`);
    holder[attribute.name] = [...valuesOf(holder, attribute), made];
    matching.push(made);
  }
  for (const one of matching) {
    if (sub !== undefined) assign(one, sub.name, parseValue(sub, value, `${attribute.name}.${sub.name}`));
    else Object.assign(one, (parseValue(attribute, [value].flat(), attribute.name) as Document[] | undefined)?.[0]);
  }
}

/** Adding to a value that is not there makes it, where the filter says what it is: `type eq "work"`. */
function valueOfFilter(filter: Filter, attribute: Attribute): Document | undefined {
  if (filter.op === 'and') {
    const parts = filter.terms.map((term) => valueOfFilter(term, attribute));
    return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
  }
  if (filter.op !== 'eq') return undefined;
  const sub = attribute.subAttributes?.find((one) => one.name.toLowerCase() === filter.path.toLowerCase());
  return sub && { [sub.name]: parseValue(sub, filter.value, sub.name) };
}

function removeAt(holder: Document, { attribute, filter, sub }: PatchPath, value: unknown): void {
  const { name, multiValued, required } = attribute!;
  if (required && sub === undefined) throw new MutabilityError(name);
  if (!multiValued) {
    if (sub === undefined) delete holder[name];
    else if (isObject(holder[name])) delete holder[name][sub.name];
    return;
  }
  // Some directories name the members to remove in the value.
  const named = filter === undefined && value !== undefined ? namedBy(attribute!, value) : undefined;
  const isMeant = (one: Document): boolean =>
    filter !== undefined ? matchesFilter(filter, attribute!, one) : named === undefined || named.has(one['value']);
  const values = valuesOf(holder, attribute!);
  if (sub === undefined) holder[name] = values.filter((one) => !isMeant(one));
  else for (const one of values.filter(isMeant)) delete one[sub.name];
}

function namedBy(attribute: Attribute, value: unknown): Set<unknown> {
  const values = (parseValue(attribute, value, attribute.name) ?? []) as Document[];
  return new Set(values.map((one) => one['value']));
}

function valuesOf(holder: Document, attribute: Attribute): Document[] {
  return (holder[attribute.name] ?? []) as Document[];
}

function assign(target: Document, name: string, value: unknown): void {
  if (value === undefined) delete target[name];
  else target[name] = value;
}

function malformed(message: string): InvalidSyntaxError {
  return new InvalidSyntaxError(
    `The body of a PATCH is {"Operations": [{"op": …, "path": …, "value": …}]}: ${message}.`,
  );
}
