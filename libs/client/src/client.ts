import type { Problem } from '@plinth/contracts';
import { ApiError } from './api.errors.ts';
import { operationRoutes, type Operations } from './generated/operations.ts';
import { defaultRetry, parseRetryAfter, planRetry, type RetryOptions } from './retry.ts';

export type OperationId = keyof Operations;
export type InputOf<Id extends OperationId> = Operations[Id]['input'] & { readonly signal?: AbortSignal };
export type ResponseOf<Id extends OperationId> = Operations[Id]['response'];

/** One method for each operation of the platform, by its id. The input may be left out where nothing in it is required. */
export type Client = {
  readonly [Id in OperationId]: {} extends Operations[Id]['input']
    ? (input?: InputOf<Id>) => Promise<ResponseOf<Id>>
    : (input: InputOf<Id>) => Promise<ResponseOf<Id>>;
};

export interface ClientOptions {
  /** Where the platform is reached, for example `https://platform.example.com`. */
  readonly baseUrl: string;
  /** Access token, or a function that gives a fresh one for each request. */
  readonly token?: string | (() => string | Promise<string>);
  readonly apiKey?: string;
  /** Value of the Cookie header, for servers that act for a signed-in user. */
  readonly cookie?: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly retry?: Partial<RetryOptions>;
  /** Waits; a test passes one that does not. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly idempotent?: boolean;
}

interface CallInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly ifMatch?: number | string;
  readonly signal?: AbortSignal;
}

/**
 * A client with one typed method for each operation. A POST that takes an Idempotency-Key gets one for each call, the
 * same for all attempts of the call, so a retry never does the work twice.
 */
export function createClient(options: ClientOptions): Client {
  const methods = Object.entries(operationRoutes as Readonly<Record<string, Route>>).map(([id, route]) => [
    id,
    (input: CallInput = {}) => call(options, route, input),
  ]);
  return Object.fromEntries(methods) as Client;
}

async function call(options: ClientOptions, route: Route, input: CallInput): Promise<unknown> {
  const retry = { ...defaultRetry, ...options.retry };
  const send = options.fetch ?? globalThis.fetch;
  const url = buildUrl(options.baseUrl, route.path, input);
  const key = input.idempotencyKey ?? (route.idempotent ? crypto.randomUUID() : undefined);
  const isRepeatable = key !== undefined || ['GET', 'PUT', 'DELETE'].includes(route.method);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(() => buildRequest(options, route, input, key), url, send);
    if ('value' in outcome) return outcome.value;
    const { error } = outcome;
    const delay =
      !input.signal?.aborted && mayRetry(error, isRepeatable)
        ? planRetry(retry, attempt, error instanceof ApiError ? error.retryAfterSeconds : undefined, Math.random())
        : undefined;
    if (delay === undefined) throw error;
    await (options.sleep ?? sleep)(delay, input.signal);
  }
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

async function attemptOnce(
  build: () => Promise<RequestInit>,
  url: string,
  send: typeof globalThis.fetch,
): Promise<Outcome> {
  const request = await build();
  try {
    const response = await send(url, request);
    return response.ok ? { value: await readBody(response) } : { error: await readError(response) };
  } catch (error) {
    return { error };
  }
}

/** A rate limit and a running twin did nothing yet; after anything else only what may be done twice is sent again. */
function mayRetry(error: unknown, isRepeatable: boolean): boolean {
  if (!(error instanceof ApiError)) return isRepeatable;
  return error.status === 429 || error.code === 'idempotency.still_running' || (error.status === 503 && isRepeatable);
}

function buildUrl(baseUrl: string, path: string, { params = {}, query = {} }: CallInput): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_match, name: string) => {
    const value = params[name];
    // An empty segment would be another operation's path.
    if (value === undefined || value === null || value === '')
      throw new TypeError(`the parameter "${name}" is missing`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined && item !== null) search.append(name, String(item));
  }
  return `${baseUrl.replace(/\/+$/, '')}${filled}${search.size > 0 ? `?${search}` : ''}`;
}

async function buildRequest(
  options: ClientOptions,
  route: Route,
  input: CallInput,
  key: string | undefined,
): Promise<RequestInit> {
  const token = typeof options.token === 'function' ? await options.token() : options.token;
  const { ifMatch } = input;
  return {
    method: route.method,
    headers: {
      accept: 'application/json, application/problem+json, */*;q=0.5',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(options.apiKey === undefined ? {} : { 'x-api-key': options.apiKey }),
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch }),
      ...(input.body === undefined ? {} : { 'content-type': route.contentType ?? 'application/json' }),
    },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  };
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (response.headers.get('content-type')?.startsWith('application/pdf')) return response.blob();
  const text = await response.text();
  if (!isJson(response)) return text;
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function readError(response: Response): Promise<ApiError> {
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  const text = await response.text();
  return new ApiError(parseProblem(response, text), retryAfter);
}

/** The problem of an answer; an answer that something in front of the platform gave is made into one. */
function parseProblem(response: Response, text: string): Problem {
  if (isJson(response)) {
    try {
      const body = JSON.parse(text) as Partial<Problem> | null;
      if (typeof body?.code === 'string' && typeof body.detail === 'string')
        return { ...(body as Problem), status: response.status };
    } catch {
      // Cut off on its way; the status still says what happened.
    }
  }
  const { status } = response;
  return {
    type: 'about:blank',
    title: response.statusText,
    status,
    code: `http.${status}`,
    detail: `The answer was HTTP ${status} ${response.statusText}`.trimEnd(),
  };
}

function isJson(response: Response): boolean {
  return /[/+]json\b/.test(response.headers.get('content-type') ?? '');
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
