import { renderComment, renderMemberName, renderType, type JsonSchema } from './schema-type.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

interface DescribedOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** The part of an OpenAPI document that the client is made from. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: DescribedOperation;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The module of types and routes behind the client, sorted by operation id. */
export function renderOperationsModule(document: OpenApiDocument): string {
  const endpoints = listEndpoints(document);
  return `// Generated from docs/reference/openapi.json by "npm run generate".

/** Input and response of each operation by its id. */
export interface Operations {
${endpoints.map(renderOperationType).join('')}}

/** Where each operation is and what it takes. */
export const operationRoutes = {
${endpoints.map(renderRoute).join('')}} as const;
`;
}

function listEndpoints(document: OpenApiDocument): Endpoint[] {
  const endpoints = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      item[method] === undefined
        ? []
        : [{ method: method.toUpperCase(), path, operation: item[method] as DescribedOperation }],
    ),
  );
  return endpoints.sort((left, right) => (left.operation.operationId < right.operation.operationId ? -1 : 1));
}

function renderOperationType({ operation }: Endpoint): string {
  const members = [
    ...renderParameters('params', listParameters(operation, 'path')),
    ...renderParameters('query', listParameters(operation, 'query')),
    ...renderBody(operation),
    ...(hasHeader(operation, 'Idempotency-Key')
      ? ['      /** Made for the call when absent. */\n      idempotencyKey?: string;\n']
      : []),
    ...(hasHeader(operation, 'If-Match')
      ? [
          '      /** The version that was read; refused when the object is newer. */\n      ifMatch?: number | string;\n',
        ]
      : []),
  ];
  const input = members.length === 0 ? '{}' : `{\n${members.join('')}    }`;
  return `${renderComment(operation.summary, '  ')}  ${renderMemberName(operation.operationId)}: {
    input: ${input};
    response: ${renderResponse(operation)};
  };
`;
}

function renderParameters(name: string, parameters: readonly Parameter[]): string[] {
  if (parameters.length === 0) return [];
  const required = parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  const properties = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema]));
  return [
    `      ${name}${required.length > 0 ? '' : '?'}: ${renderType({ type: 'object', properties, required }, '      ')};\n`,
  ];
}

function renderBody({ requestBody }: DescribedOperation): string[] {
  const schema = requestBody === undefined ? undefined : Object.values(requestBody.content)[0]?.schema;
  return requestBody === undefined ? [] : [`      body: ${renderType(schema, '      ')};\n`];
}

function renderResponse({ responses }: DescribedOperation): string {
  const content = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content;
  if (content === undefined) return 'undefined';
  // The one kind of answer that is no text.
  return 'application/pdf' in content ? 'Blob' : renderType(Object.values(content)[0]?.schema, '    ');
}

function renderRoute({ method, path, operation }: Endpoint): string {
  const contentType = operation.requestBody === undefined ? undefined : Object.keys(operation.requestBody.content)[0];
  const members = [
    `method: '${method}'`,
    `path: '${path}'`,
    ...(contentType === undefined ? [] : [`contentType: '${contentType}'`]),
    ...(hasHeader(operation, 'Idempotency-Key') ? ['idempotent: true'] : []),
  ];
  return `  ${renderMemberName(operation.operationId)}: { ${members.join(', ')} },\n`;
}

function listParameters({ parameters = [] }: DescribedOperation, place: string): Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

function hasHeader(operation: DescribedOperation, name: string): boolean {
  return listParameters(operation, 'header').some((parameter) => parameter.name === name);
}
