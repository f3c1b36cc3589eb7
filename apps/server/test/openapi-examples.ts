import type { ApiAnswer, ApiCaller } from './api-caller.ts';

/** One example of an operation, put together from the places of an OpenAPI document that have a part of it. */
export interface DocumentedExample {
  readonly operation: string;
  readonly method: string;
  /** Below `/api/v1`, parameters as `{name}`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: unknown;
  readonly status: number;
  readonly response: unknown;
}

interface Content {
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters: readonly (Content & {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

export interface ExampleDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

/** Every example of a document by `operation#name`. */
export function listExamples(document: ExampleDocument): Map<string, DocumentedExample> {
  const found = new Map<string, DocumentedExample>();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      for (const name of namesIn(operation))
        found.set(`${operation.operationId}#${name}`, toExample(operation, name, { path, method }));
  return found;
}

/** Operations of these services that take a body or need something asked, and have no example of it. */
export function listBare(document: ExampleDocument, services: readonly string[]): string[] {
  return Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ tags }) => tags.some((tag) => services.includes(tag)))
    .filter(isBare)
    .map(({ operationId }) => operationId)
    .toSorted();
}

function isBare({ parameters, requestBody }: DocumentedOperation): boolean {
  if (requestBody !== undefined)
    return Object.values(requestBody.content).every(({ examples }) => examples === undefined);
  return parameters.some(
    ({ in: place, required, examples }) => place === 'query' && required && examples === undefined,
  );
}

function namesIn(operation: DocumentedOperation): Set<string> {
  const contents = [
    ...operation.parameters,
    ...Object.values(operation.requestBody?.content ?? {}),
    ...Object.values(operation.responses).flatMap(({ content = {} }) => Object.values(content)),
  ];
  return new Set(contents.flatMap(({ examples = {} }) => Object.keys(examples)));
}

function toExample(
  { operationId, parameters, requestBody, responses }: DocumentedOperation,
  name: string,
  { path, method }: { readonly path: string; readonly method: string },
): DocumentedExample {
  const part = (place: string): Record<string, string> =>
    Object.fromEntries(
      parameters.flatMap(({ name: parameter, in: where, examples }) =>
        where === place && examples?.[name] !== undefined ? [[parameter, String(examples[name].value)]] : [],
      ),
    );
  const bodies = Object.entries(requestBody?.content ?? {});
  const [contentType, body] = bodies.find(([, { examples }]) => examples?.[name] !== undefined) ?? [
    'application/json',
    {},
  ];
  const [status, { content = {} }] = Object.entries(responses).find(([code]) => code.startsWith('2'))!;
  return {
    operation: operationId,
    method: method.toUpperCase(),
    path: path.replace('/api/v1', ''),
    params: part('path'),
    query: part('query'),
    contentType,
    body: body.examples?.[name]?.value,
    status: Number(status),
    response: Object.values(content)[0]?.examples?.[name]?.value,
  };
}

const exampleId = /01939f7a-0000-7000-8000-\d{12}/g;

/** The ids that stand for those of examples on one platform, learned from its answers. */
export class ExampleIds {
  readonly #known = new Map<string, string>();

  set(example: string, real: string): void {
    this.#known.set(example, real);
  }

  /** Whether an id of an example stands for this one; the first that it meets is learned. */
  matches(example: string, real: string): boolean {
    if (!this.#known.has(example)) this.#known.set(example, real);
    return this.#known.get(example) === real;
  }

  /** The same value with the platform's ids. Throws for an id that no answer had yet. */
  fill<Value>(value: Value): Value {
    if (value === undefined) return value;
    const text = JSON.stringify(value).replaceAll(exampleId, (id) => {
      const real = this.#known.get(id);
      if (real === undefined) throw new Error(`nothing has the id ${id} yet`);
      return real;
    });
    return JSON.parse(text) as Value;
  }
}

/** Sends the request of an example, with what its sender adds to the body, such as a signature. */
export function sendExample(
  example: DocumentedExample,
  caller: ApiCaller,
  ids: ExampleIds,
  addHeaders: (body: unknown) => Readonly<Record<string, string>> = () => ({}),
): Promise<ApiAnswer> {
  const params = ids.fill(example.params);
  const path = example.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? `{${name}}`),
  );
  const query = new URLSearchParams(ids.fill(example.query));
  const body = ids.fill(example.body);
  return caller.send(
    example.method,
    `${path}${query.size === 0 ? '' : `?${query}`}`,
    body === undefined ? undefined : JSON.stringify(body),
    body === undefined ? {} : { 'content-type': example.contentType, ...addHeaders(body) },
  );
}

/** When and how long something ran: the only values besides ids that differ from run to run. */
const ofTheRun = /^(?:created|updated|issued|finalized|voided|filled)At$|^durationMs$/;

/** The paths at which an answer is not as its example says. */
export function listDifferences(example: unknown, answer: unknown, ids: ExampleIds, path = ''): string[] {
  if (typeof example === 'string' && example.match(exampleId)?.[0] === example)
    return typeof answer === 'string' && ids.matches(example, answer)
      ? []
      : [`${path}: ${String(answer)} is another id`];
  if (ofTheRun.test(path.slice(path.lastIndexOf('/') + 1)))
    return typeof answer === typeof example ? [] : [`${path}: ${String(answer)} instead of ${String(example)}`];
  if (example === null || typeof example !== 'object' || answer === null || typeof answer !== 'object')
    return Object.is(example, answer)
      ? []
      : [`${path}: ${JSON.stringify(answer)} instead of ${JSON.stringify(example)}`];
  const keys = new Set([...Object.keys(example), ...Object.keys(answer)]);
  return [...keys].flatMap((key) =>
    listDifferences(
      (example as Record<string, unknown>)[key],
      (answer as Record<string, unknown>)[key],
      ids,
      `${path}/${key}`,
    ),
  );
}
