import { z } from 'zod';

const parameterSchema = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header', 'cookie']) });
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  'x-permission': z.string().optional(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
});

/** What a command needs to know of an OpenAPI 3.1 document. */
export const openApiSchema = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operationSchema)),
});

/** One operation of the API. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly permission: string | undefined;
  readonly query: readonly string[];
  readonly headers: readonly string[];
  /** Media type of the body; undefined where there is none. */
  readonly contentType: string | undefined;
}

/** The operations of a document, by id. */
export function listOperations({ paths }: z.output<typeof openApiSchema>): Operation[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toOperation(path, method, operation)),
  );
  return operations.sort((left, right) => (left.id < right.id ? -1 : 1));
}

function toOperation(path: string, method: string, operation: z.output<typeof operationSchema>): Operation {
  const named = (place: string): string[] =>
    operation.parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  const types = Object.keys(operation.requestBody?.content ?? {});
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    permission: operation['x-permission'],
    query: named('query'),
    headers: named('header').map((name) => name.toLowerCase()),
    contentType: types.find((type) => type === 'application/json') ?? types[0],
  };
}
