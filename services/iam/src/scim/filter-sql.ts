import { findPath } from './attribute-path.ts';
import type { Comparison, Filter, Literal } from './filter.ts';
import { findAttribute, type Attribute, type ResourceKind } from './schema.ts';
import { InvalidFilterError, UnknownAttributeError } from './scim.errors.ts';

/** One value in SQL. Texts of `caseExact: false` are compared in lower case. */
export type LeafSource =
  | { readonly type: 'text'; readonly sql: string; readonly caseExact: boolean; readonly isLower?: true }
  | { readonly type: 'boolean' | 'time'; readonly sql: string };

/** Where the values of an attribute are in SQL. `several`: the rows of `from`, each with its sub-attributes. */
export type Source =
  | LeafSource
  | { readonly type: 'several'; readonly from: string; readonly sub: (attribute: Attribute) => LeafSource };

/** Collects the parameters of a statement; SQL only ever names them. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A kind of resource in the database. `locate` tells where a path is that the filter names. */
export interface Relation {
  readonly kind: ResourceKind;
  /** Attributes with a place of their own; undefined: in the document. */
  readonly locate: (path: string) => Source | undefined;
}

/** The condition of a filter. Nothing of the client's text is in the SQL, values and names are parameters. */
export function compileFilter(filter: Filter, relation: Relation, parameters: Parameters): string {
  const compile = (term: Filter): string => {
    switch (term.op) {
      case 'and':
      case 'or':
        return `(${term.terms.map(compile).join(` ${term.op.toUpperCase()} `)})`;
      case 'not':
        return `(${compile(term.term)}) IS NOT TRUE`;
      case 'has': {
        const { source, attribute } = locatePath(term.path, term.at, relation, parameters);
        if (source.type !== 'several' || attribute === undefined)
          throw new InvalidFilterError(`has brackets after "${term.path}", which has one value`, term.at);
        const inner = compileWithin(term.filter, attribute, source, parameters);
        return `EXISTS (SELECT FROM ${source.from} WHERE ${inner})`;
      }
      default: {
        const { source, attribute, sub } = locatePath(term.path, term.at, relation, parameters);
        return compileTest(term, source, sub ?? defaultSub(attribute), parameters);
      }
    }
  };
  return compile(filter);
}

type Test = Extract<Filter, { readonly path: string; readonly op: Comparison | 'present' }>;

function compileWithin(
  filter: Filter,
  attribute: Attribute,
  source: Extract<Source, { type: 'several' }>,
  parameters: Parameters,
): string {
  switch (filter.op) {
    case 'and':
    case 'or':
      return `(${filter.terms.map((term) => compileWithin(term, attribute, source, parameters)).join(` ${filter.op.toUpperCase()} `)})`;
    case 'not':
      return `(${compileWithin(filter.term, attribute, source, parameters)}) IS NOT TRUE`;
    case 'has':
      throw new InvalidFilterError('has brackets within brackets', filter.at);
  }
  const sub = findAttribute(attribute.subAttributes ?? [], filter.path);
  if (sub === undefined)
    throw new InvalidFilterError(`names "${filter.path}", which ${attribute.name} does not have`, filter.at);
  return compileTest(filter, source.sub(sub), undefined, parameters);
}

function compileTest(test: Test, source: Source, sub: Attribute | undefined, parameters: Parameters): string {
  if (source.type === 'several') {
    if (test.op === 'present' && sub === undefined) return `EXISTS (SELECT FROM ${source.from})`;
    if (sub === undefined) throw new InvalidFilterError(`cannot compare "${test.path}" as a whole`, test.at);
    return `EXISTS (SELECT FROM ${source.from} WHERE ${compileTest(test, source.sub(sub), undefined, parameters)})`;
  }
  if (test.op === 'present') return `(${source.sql}) IS NOT NULL`;
  if (test.value === null) return compileNull(test, source.sql);
  switch (source.type) {
    case 'text':
      return compareText(test, test.value, source, parameters);
    case 'boolean':
      return compareBoolean(test, test.value, source.sql, parameters);
    case 'time':
      return compareTime(test, test.value, source.sql, parameters);
  }
}

function compileNull(test: Test, sql: string): string {
  if (test.op === 'eq') return `(${sql}) IS NULL`;
  if (test.op === 'ne') return `(${sql}) IS NOT NULL`;
  throw new InvalidFilterError(`compares "${test.path}" with null by ${test.op}`, test.at);
}

const orders: Readonly<Partial<Record<Test['op'], string>>> = { gt: '>', ge: '>=', lt: '<', le: '<=' };

function compareText(
  test: Test,
  value: Exclude<Literal, null>,
  source: Extract<Source, { type: 'text' }>,
  parameters: Parameters,
): string {
  if (typeof value !== 'string') throw new InvalidFilterError(`needs a text to compare "${test.path}" with`, test.at);
  if (value.includes('\0') || !value.isWellFormed())
    throw new InvalidFilterError('has a text with a character that cannot be stored', test.at);
  const left = source.caseExact || source.isLower ? source.sql : `lower(${source.sql})`;
  const parameter = `${parameters.add(value)}::text`;
  const right = source.caseExact ? parameter : `lower(${parameter})`;
  switch (test.op) {
    case 'eq':
      return `${left} = ${right}`;
    case 'ne':
      return `${left} IS DISTINCT FROM ${right}`;
    case 'co':
      return `position(${right} IN ${left}) > 0`;
    case 'sw':
      return `starts_with(${left}, ${right})`;
    case 'ew':
      return `right(${left}, length(${right})) = ${right}`;
    default:
      return `${left} COLLATE "C" ${orders[test.op]} ${right}`;
  }
}

function compareBoolean(test: Test, value: Literal, sql: string, parameters: Parameters): string {
  // Some directories write booleans as texts.
  const wanted = typeof value === 'string' ? { true: true, false: false }[value.toLowerCase()] : value;
  if (typeof wanted !== 'boolean')
    throw new InvalidFilterError(`needs true or false to compare "${test.path}" with`, test.at);
  const parameter = `${parameters.add(wanted)}::boolean`;
  if (test.op === 'eq') return `${sql} = ${parameter}`;
  if (test.op === 'ne') return `${sql} IS DISTINCT FROM ${parameter}`;
  throw new InvalidFilterError(`compares "${test.path}", which is true or false, by ${test.op}`, test.at);
}

function compareTime(test: Test, value: Literal, sql: string, parameters: Parameters): string {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : undefined;
  if (time === undefined || Number.isNaN(time.getTime()))
    throw new InvalidFilterError(`needs a time such as "2026-01-31T12:00:00Z" to compare "${test.path}" with`, test.at);
  const operator = orders[test.op] ?? { eq: '=', ne: '<>' }[test.op as string];
  if (operator === undefined)
    throw new InvalidFilterError(`compares "${test.path}", which is a time, by ${test.op}`, test.at);
  // Clients see milliseconds.
  return `date_trunc('milliseconds', ${sql}) ${operator} ${parameters.add(time)}::timestamptz`;
}

/** Where the path is; throws when the resource has no such attribute. */
function locatePath(
  path: string,
  at: number,
  relation: Relation,
  parameters: Parameters,
): { source: Source; attribute: Attribute | undefined; sub: Attribute | undefined } {
  const found = findPath(relation.kind, path);
  if (found === undefined) throw new UnknownAttributeError(path, relation.kind.name, at);
  const { extension, attribute, sub } = found;
  const plain = [attribute.name, ...(sub === undefined || attribute.multiValued ? [] : [sub.name])].join('.');
  const own = extension === undefined ? relation.locate(plain.toLowerCase()) : undefined;
  if (own !== undefined) return { source: own, attribute, sub };
  const names = [...(extension === undefined ? [] : [extension.id]), attribute.name];
  if (attribute.multiValued) return { source: inDocument(names, parameters), attribute, sub };
  if (attribute.type === 'complex' && sub === undefined)
    return {
      source: { type: 'text', sql: `r.document #>> ${parameters.add(names)}::text[]`, caseExact: true },
      attribute,
      sub,
    };
  const leaf = sub ?? attribute;
  const place = `${parameters.add(sub === undefined ? names : [...names, sub.name])}::text[]`;
  return { source: leafSource(leaf, `r.document #>> ${place}`), attribute, sub };
}

function inDocument(names: readonly string[], parameters: Parameters): Source {
  const from = `jsonb_array_elements(CASE jsonb_typeof(r.document #> ${parameters.add(names)}::text[])
    WHEN 'array' THEN r.document #> $${parameters.values.length}::text[] ELSE '[]' END) AS e (item)`;
  return { type: 'several', from, sub: (sub) => leafSource(sub, `e.item ->> ${parameters.add(sub.name)}::text`) };
}

function leafSource(leaf: Attribute, text: string): LeafSource {
  const sql = `(${text})`;
  if (leaf.type === 'boolean') return { type: 'boolean', sql: `${sql}::boolean` };
  return { type: 'text', sql, caseExact: leaf.caseExact === true };
}

function defaultSub(attribute: Attribute | undefined): Attribute | undefined {
  return attribute?.multiValued ? findAttribute(attribute.subAttributes ?? [], 'value') : undefined;
}

/** What to order by, or undefined when the resource has no such attribute or it cannot be ordered by. */
export function compileOrder(path: string, relation: Relation, parameters: Parameters): string | undefined {
  const found = findPath(relation.kind, path);
  const leaf = found?.sub ?? defaultSub(found?.attribute);
  if (found === undefined || (found.attribute.multiValued && leaf === undefined)) return undefined;
  const { source } = locatePath(path, 1, relation, parameters);
  if (source.type === 'text') return source.caseExact ? source.sql : `lower(${source.sql})`;
  if (source.type !== 'several') return source.sql;
  // Of several values the preferred one counts (RFC 7644, section 3.4.2.3).
  const primary = findAttribute(found.attribute.subAttributes ?? [], 'primary');
  const value = source.sub(leaf!).sql;
  const order = primary === undefined ? '' : ` ORDER BY ${source.sub(primary).sql} DESC NULLS LAST`;
  return `(SELECT ${value} FROM ${source.from}${order} LIMIT 1)`;
}
