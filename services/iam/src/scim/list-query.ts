import { parseFilter, type Filter } from './filter.ts';
import type { Projection } from './projection.ts';
import { InvalidSyntaxError, TooManyError } from './scim.errors.ts';

/** What a list is asked for (RFC 7644, section 3.4.2). */
export interface ListQuery {
  readonly filter: Filter | undefined;
  readonly sortBy: string | undefined;
  readonly descending: boolean;
  /** Counted from 1. */
  readonly startIndex: number;
  readonly count: number;
}

export const mostResults = 200;
const usualResults = 100;
const mostAttributes = 100;

/** Reads the parameters of a list, from a URL or from the body of a search; what is not known counts for nothing. */
export function parseListQuery(parameters: Readonly<Record<string, unknown>>): ListQuery {
  const filter = readText(parameters, 'filter');
  const order = readText(parameters, 'sortOrder')?.toLowerCase();
  if (order !== undefined && order !== 'ascending' && order !== 'descending')
    throw wrongParameter('sortOrder', 'is neither ascending nor descending');
  return {
    filter: filter === undefined || filter === '' ? undefined : parseFilter(filter),
    sortBy: readText(parameters, 'sortBy')?.slice(0, 500),
    descending: order === 'descending',
    startIndex: Math.max(1, readInteger(parameters, 'startIndex') ?? 1),
    count: Math.min(mostResults, Math.max(0, readInteger(parameters, 'count') ?? usualResults)),
  };
}

/** Reads which attributes are asked for. */
export function parseProjection(parameters: Readonly<Record<string, unknown>>): Projection {
  const attributes = readNames(parameters, 'attributes');
  const excluded = readNames(parameters, 'excludedAttributes');
  if (attributes.length > 0 && excluded.length > 0)
    throw wrongParameter('excludedAttributes', 'cannot stand beside attributes');
  return { attributes, excluded };
}

function readText(parameters: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || typeof value === 'string') return value;
  throw wrongParameter(name, 'must be one text');
}

function readInteger(parameters: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(String(value))) throw wrongParameter(name, 'must be an integer');
  return Number(value);
}

function readNames(parameters: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = parameters[name] ?? [];
  const names = [value].flat().flatMap((one: unknown) => (typeof one === 'string' ? one.split(',') : []));
  if (names.length > mostAttributes) throw new TooManyError('attributes', mostAttributes);
  return names.map((one) => one.trim()).filter((one) => one !== '');
}

function wrongParameter(name: string, message: string): InvalidSyntaxError {
  return new InvalidSyntaxError(`The parameter ${name} ${message}.`);
}
