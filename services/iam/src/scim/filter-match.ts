import type { Comparison, Filter, Literal } from './filter.ts';
import { findAttribute, type Attribute } from './schema.ts';
import { InvalidFilterError } from './scim.errors.ts';

/** Whether one value of a complex attribute fulfils the filter of a path such as `emails[type eq "work"]`. */
export function matchesFilter(filter: Filter, attribute: Attribute, value: Readonly<Record<string, unknown>>): boolean {
  switch (filter.op) {
    case 'and':
      return filter.terms.every((term) => matchesFilter(term, attribute, value));
    case 'or':
      return filter.terms.some((term) => matchesFilter(term, attribute, value));
    case 'not':
      return !matchesFilter(filter.term, attribute, value);
    case 'has':
      throw new InvalidFilterError('has brackets within brackets', filter.at);
  }
  const sub = findAttribute(attribute.subAttributes ?? [], filter.path);
  if (sub === undefined)
    throw new InvalidFilterError(`names "${filter.path}", which ${attribute.name} does not have`, filter.at);
  const found = value[sub.name];
  if (filter.op === 'present') return found !== undefined;
  return compare(filter.op, found, filter.value, sub.caseExact === true);
}

function compare(op: Comparison, found: unknown, wanted: Literal, caseExact: boolean): boolean {
  if (op === 'ne') return !compare('eq', found, wanted, caseExact);
  if (typeof found !== 'string' || typeof wanted !== 'string')
    return op === 'eq' && (found === wanted || (found === undefined && wanted === null));
  const [left, right] = caseExact ? [found, wanted] : [found.toLowerCase(), wanted.toLowerCase()];
  switch (op) {
    case 'eq':
      return left === right;
    case 'co':
      return left.includes(right);
    case 'sw':
      return left.startsWith(right);
    case 'ew':
      return left.endsWith(right);
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}
