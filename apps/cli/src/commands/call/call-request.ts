import { UsageError } from '../../cli/cli.errors.ts';
import type { Operation } from './operation-list.ts';

/** A request to the API, ready to be sent. */
export interface CallRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface CallInput {
  readonly fields: readonly string[];
  /** The body of a file, if there is one. */
  readonly body: unknown;
  readonly ifMatch: string | undefined;
  readonly idempotencyKey: string;
}

/** The request that a command line asks for. Throws `UsageError` for fields that fit nowhere. */
export function buildCallRequest(operation: Operation, input: CallInput): CallRequest {
  const fields = new Map(input.fields.map(parseField));
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(take(fields, name)));
  const query = new URLSearchParams();
  for (const name of operation.query) {
    const value = fields.get(name);
    if (value === undefined) continue;
    fields.delete(name);
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, toText(item));
  }
  if (fields.size > 0 && operation.contentType === undefined) {
    const [name = ''] = fields.keys();
    const known = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]).concat(operation.query);
    throw new UsageError(
      `${operation.id} takes no "${name}".`,
      known.length === 0 ? 'It takes no fields.' : `It takes ${known.join(', ')}.`,
    );
  }
  const body = mergeBody(input.body, fields);
  return {
    method: operation.method,
    path: `${path}${query.size === 0 ? '' : `?${query}`}`,
    headers: headersOf(operation, input, body !== undefined),
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

function headersOf(operation: Operation, input: CallInput, hasBody: boolean): Record<string, string> {
  const { ifMatch, idempotencyKey } = input;
  return {
    ...(hasBody ? { 'content-type': operation.contentType ?? 'application/json' } : {}),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch.replaceAll('"', '')}"` }),
    ...(operation.headers.includes('idempotency-key') ? { 'idempotency-key': idempotencyKey } : {}),
  };
}

function parseField(field: string): [string, unknown] {
  const match = /^([^=:]+)(:?=)(.*)$/s.exec(field);
  if (match === null) throw new UsageError(`"${field}" is not a field.`, 'Write name=value, or name:=value for JSON.');
  const [, name = '', sign, value = ''] = match;
  if (sign === '=') return [name, value];
  try {
    return [name, JSON.parse(value) as unknown];
  } catch {
    throw new UsageError(`The value of ${name} is not JSON: ${value}`, `Write ${name}=… for text.`);
  }
}

function take(fields: Map<string, unknown>, name: string): string {
  const value = fields.get(name);
  fields.delete(name);
  if (value === undefined || value === '') throw new UsageError(`${name} is missing.`, `Add ${name}=….`);
  return toText(value);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function mergeBody(body: unknown, fields: ReadonlyMap<string, unknown>): unknown {
  if (fields.size === 0) return body;
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body)))
    throw new UsageError('The body is not an object, so no fields can be added to it.', 'Leave the fields out.');
  return { ...body, ...Object.fromEntries(fields) };
}
