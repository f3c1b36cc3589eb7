import type { InputFault, Principal } from '@plinth/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InvalidInputError } from '../errors/common.errors.ts';
import type { OperationDefinition, OperationInput } from './operation.ts';
import { findUnstorableTexts } from './storable-text.ts';

/** Parses everything that a request carries; throws one error with all faults. */
export function parseOperationInput<Definition extends OperationDefinition>(
  definition: Definition,
  request: FastifyRequest,
  principal: Principal,
): OperationInput<Definition> {
  const faults: InputFault[] = [];
  const parsePart = (schema: z.ZodType | undefined, value: unknown, prefix: string): unknown => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(value);
    if (result.success) {
      // What an operation takes unchecked it checks itself.
      if (!(schema instanceof z.ZodUnknown)) faults.push(...findUnstorableTexts(result.data, prefix));
      return result.data;
    }
    faults.push(...toFaults(result.error, prefix));
    return undefined;
  };
  const params = parsePart(definition.params, request.params, '/params');
  const query = parsePart(definition.query, request.query, '/query');
  if (definition.query === undefined && Object.keys((request.query as object | null) ?? {}).length > 0) {
    faults.push(
      ...Object.keys(request.query as object).map((name) => ({
        path: `/query/${name}`,
        message: 'is not a parameter of this operation',
      })),
    );
  }
  const body = parsePart(definition.body, request.body, '');
  const ifMatch = parseIfMatch(definition, request.headers['if-match'], faults);
  if (faults.length > 0) throw new InvalidInputError(faults);
  return {
    params,
    query,
    body,
    principal,
    tenantId: principal.tenant ?? '',
    ifMatch,
    headers: request.headers,
    rawBody: definition.rawBody ? (request.rawBody ?? '') : undefined,
  } as OperationInput<Definition>;
}

/** Zod's issues as paths (JSON Pointer, RFC 6901) and sentences. An unknown field is named by its own path. */
export function toFaults(error: z.ZodError, prefix = ''): InputFault[] {
  return error.issues.flatMap((issue) => {
    const path =
      prefix + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: `${path}/${key}`, message: 'is not a known field' }));
    }
    return [{ path, message: issue.message }];
  });
}

function parseIfMatch(
  definition: OperationDefinition,
  header: string | undefined,
  faults: InputFault[],
): number | undefined {
  if (definition.etag !== 'required' || definition.method === 'GET') return undefined;
  if (header === undefined || header === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header);
  if (!match) faults.push({ path: '/headers/if-match', message: 'must be an ETag that this resource was served with' });
  return match ? Number(match[1]) : undefined;
}
