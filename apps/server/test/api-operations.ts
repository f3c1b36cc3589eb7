import type { ApiAnswer, ApiCaller } from './api-caller.ts';
import { isNamed, sampleValue, type Extent, type JsonSchema, type TakeId } from './sample-value.ts';

/** An operation as the platform describes it itself. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Below `/api/v1`, parameters as `{name}`. */
  readonly path: string;
  readonly permission: string;
  readonly sensitive: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | undefined;
  readonly contentType: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** Every operation of a running platform, by its OpenAPI document. */
export async function loadOperations(url: string): Promise<Operation[]> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toOperation(path, method, operation)),
  );
}

/** The names of the places in its requests that take an id, or the address of a person. */
export function listIdPlaces(operation: Operation): string[] {
  const places = new Set<string>();
  buildRequest(operation, (name) => {
    places.add(name);
    return '';
  });
  return [...places];
}

/** What an id in this place is of, where the name alone does not say it. */
export function idNameOf({ path }: Operation, place: string): string {
  return place === 'parentId' && path.startsWith('/accounts') ? 'accountId' : place;
}

/** Whether its path names one thing; names that a tenant makes up itself are its own. */
export function namesOneThing({ parameters }: Operation): boolean {
  return parameters.some((parameter) => parameter.in === 'path' && parameter.schema.format === 'uuid');
}

/** Sends a request that fits the operation's description; `takeId` supplies the ids. */
export function sendSample(
  operation: Operation,
  caller: ApiCaller,
  takeId: TakeId,
  extent?: Extent,
): Promise<ApiAnswer> {
  const { path, body, headers } = buildRequest(operation, takeId, extent);
  return caller.send(operation.method, path, body, headers);
}

/** A request that fits the operation's description. */
export function buildRequest(
  operation: Operation,
  takeId: TakeId,
  extent: Extent = 'everything',
): { readonly path: string; readonly body: unknown; readonly headers: Record<string, string> } {
  const path = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (filled, parameter) => filled.replace(`{${parameter.name}}`, encodeURIComponent(samplePart(parameter, takeId))),
      operation.path,
    );
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && isSent(parameter, extent))
    .map((parameter) => `${parameter.name}=${encodeURIComponent(samplePart(parameter, takeId))}`);
  return {
    path: `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    body: operation.body === undefined ? undefined : sampleValue(operation.body, takeId, extent),
    headers: operation.body === undefined ? {} : { 'content-type': operation.contentType },
  };
}

function isSent({ name, required, schema }: Parameter, extent: Extent): boolean {
  return required || (extent === 'everything' ? schema.format === 'uuid' : extent.only === name);
}

/** Text in a path is the name of something, whatever its form. */
function samplePart({ name, in: place, schema }: Parameter, takeId: TakeId): string {
  const isName = place === 'path' && schema.type === 'string' && schema.enum === undefined && !isNamed(name);
  return isName ? takeId(name) : String(sampleValue(schema, takeId, 'everything', name));
}

function toOperation(path: string, method: string, operation: Record<string, unknown>): Operation {
  const request = operation['requestBody'] as { content: Record<string, { schema: JsonSchema }> } | undefined;
  const contents = Object.entries(request?.content ?? {});
  const [contentType, content] = contents.find(([type]) => type === 'application/json') ??
    contents[0] ?? ['application/json', undefined];
  return {
    id: operation['operationId'] as string,
    method: method.toUpperCase(),
    path: path.replace('/api/v1', ''),
    permission: operation['x-permission'] as string,
    sensitive: operation['x-sensitive'] === true,
    parameters: (operation['parameters'] ?? []) as Parameter[],
    body: content?.schema,
    contentType,
  };
}
