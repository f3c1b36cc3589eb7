import { problemSchema, type ServiceManifest } from '@plinth/contracts';
import { z } from 'zod';
import type { OperationDefinition, OperationExample } from './operation.ts';

export interface DescribedService {
  readonly manifest: ServiceManifest;
  readonly operations: readonly OperationDefinition[];
}

const commonErrors = {
  400: 'request.invalid',
  401: 'auth.required',
  403: 'auth.permission_denied',
  404: 'resource.not_found',
  429: 'request.rate_limited',
  503: 'database.unavailable',
} as const;

/** The OpenAPI 3.1 document of the given services, sorted, the same bytes for the same input. */
export function renderOpenApi(
  services: readonly DescribedService[],
  serverUrl: string,
  version: string,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { manifest, operations } of services) {
    for (const operation of operations) {
      const path = `/api/v1${operation.path}`.replaceAll(/:([A-Za-z]+)/g, '{$1}');
      (paths[path] ??= {})[operation.method.toLowerCase()] = renderOperation(manifest, operation);
    }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Plinth', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: serverUrl }],
    tags: services.map(({ manifest }) => ({ name: manifest.name, description: manifest.description })),
    paths: Object.fromEntries(Object.entries(paths).sort(([left], [right]) => (left < right ? -1 : 1))),
    components: {
      schemas: { Problem: toJsonSchema(problemSchema, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'plinth.session_token' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function renderOperation(manifest: ServiceManifest, operation: OperationDefinition): Record<string, unknown> {
  const open = operation.permission === 'public';
  const codes = Object.entries(commonErrors).filter(([status]) => !(open && (status === '401' || status === '403')));
  const status = String(operation.status ?? 200);
  const content =
    operation.contentTypes ??
    (operation.method === 'PATCH' ? ['application/merge-patch+json', 'application/json'] : ['application/json']);
  return {
    operationId: operation.id,
    tags: [manifest.name],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    'x-permission': operation.permission,
    'x-rate-limit': rateLimitOf(manifest, operation.path),
    ...(operation.sensitive ? { 'x-sensitive': true } : {}),
    'x-error-codes': [
      ...codes.map(([, code]) => code),
      ...(operation.sensitive ? ['auth.impersonation_refused'] : []),
      ...(operation.errors ?? []),
    ],
    security: open ? [] : [{ session: [] }, { bearer: [] }, { apiKey: [] }],
    parameters: renderParameters(operation),
    ...(operation.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              content.map((type) => [
                type,
                {
                  schema: toJsonSchema(operation.body as z.ZodType, 'input'),
                  ...renderExamples(operation, ({ body, contentType = content[0] }) =>
                    contentType === type ? body : undefined,
                  ),
                },
              ]),
            ),
          },
        }),
    responses: {
      [status]:
        status === '204'
          ? { description: 'done' }
          : {
              description: 'done',
              content: {
                [operation.produces ?? 'application/json']: {
                  schema: toJsonSchema(operation.response, 'output'),
                  ...renderExamples(operation, ({ response }) => response),
                },
              },
            },
      ...Object.fromEntries(
        codes.map(([code, name]) => [
          code,
          {
            description: name,
            content: { 'application/problem+json': { schema: renderProblem(operation, code) } },
          },
        ]),
      ),
    },
  };
}

/** The problem body of a status, with the members that this operation adds to it. */
function renderProblem({ problems }: OperationDefinition, status: string): unknown {
  const problem = { $ref: '#/components/schemas/Problem' };
  const members = (problems as Readonly<Record<string, z.ZodType | undefined>> | undefined)?.[status];
  return members === undefined ? problem : { allOf: [problem, toJsonSchema(members, 'output')] };
}

function rateLimitOf(manifest: ServiceManifest, path: string): number {
  const route = manifest.routes
    .filter((candidate) => path === candidate.path || path.startsWith(`${candidate.path}/`))
    .sort((left, right) => right.path.length - left.path.length)[0];
  return route?.rateLimit ?? manifest.rateLimit;
}

function renderParameters(operation: OperationDefinition): unknown[] {
  const parameters: unknown[] = [];
  for (const [place, schema, part] of [
    ['path', operation.params, 'params'],
    ['query', operation.query, 'query'],
  ] as const) {
    if (schema === undefined) continue;
    const json = toJsonSchema(schema, 'input') as { properties?: Record<string, unknown>; required?: string[] };
    for (const [name, property] of Object.entries(json.properties ?? {})) {
      parameters.push({
        name,
        in: place,
        required: place === 'path' || (json.required ?? []).includes(name),
        schema: property,
        ...renderExamples(operation, (example) => example[part]?.[name]),
      });
    }
  }
  if (operation.idempotent)
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: 255 },
    });
  if (operation.etag === 'required')
    parameters.push({ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } });
  return parameters;
}

/** The named values of one place; nothing where no example has a value for it. */
function renderExamples(
  { examples = {} }: OperationDefinition,
  take: (example: OperationExample) => unknown,
): { examples?: Record<string, { summary: string; value: unknown }> } {
  const shown = Object.entries(examples).flatMap(([name, example]) => {
    const value = take(example);
    return value === undefined ? [] : [[name, { summary: example.summary, value }] as const];
  });
  return shown.length === 0 ? {} : { examples: Object.fromEntries(shown) };
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Record<string, unknown>;
  return rest;
}
