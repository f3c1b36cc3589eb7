import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '@plinth/contracts';
import type { z } from 'zod';
import { ApiError, PlatformUnreachableError, UnexpectedAnswerError } from './api.errors.ts';

/** A request below `/api/v1`. */
export interface ApiRequest<Response extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  /** Checked: an answer of another form is an error. */
  readonly response: Response;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiClientOptions {
  readonly url: string;
  /** Added to every request: the credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly stop: AbortSignal;
}

const timeoutMs = 120_000;
const tries = 8;
const longestPauseMs = 60_000;
const temporary = new Set([429, 502, 503, 504]);

/**
 * Calls the public HTTP API. Waits out rate limits and short failures, so it may send a request again: send only
 * what may arrive twice.
 */
export class ApiClient {
  readonly #options: ApiClientOptions;
  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  /** The same platform with other credentials. */
  withHeaders(headers: Readonly<Record<string, string>>): ApiClient {
    return new ApiClient({ ...this.#options, headers });
  }

  async call<Response extends z.ZodType>(request: ApiRequest<Response>): Promise<z.output<Response>> {
    return (await this.callForHeaders(request)).body;
  }

  /** As `call`; gives the headers of the answer as well. */
  async callForHeaders<Response extends z.ZodType>(
    request: ApiRequest<Response>,
  ): Promise<{ body: z.output<Response>; headers: Headers }> {
    const name = `${request.method} /api/v1${request.path}`;
    const { response, text } = await this.#fetch(request);
    const body = parseJson(text);
    if (!response.ok) throw new ApiError(name, response.status, toProblem(body));
    const parsed = request.response.safeParse(body);
    if (!parsed.success) {
      throw new UnexpectedAnswerError(name, parsed.error.issues[0]?.message ?? 'another form', parsed.error);
    }
    return { body: parsed.data, headers: response.headers };
  }

  async #fetch(request: ApiRequest<z.ZodType>): Promise<{ response: Response; text: string }> {
    const { url, headers, stop } = this.#options;
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    for (let attempt = 1; ; attempt++) {
      stop.throwIfAborted();
      try {
        const response = await fetch(`${url}/api/v1${request.path}`, {
          method: request.method,
          headers: {
            accept: 'application/json',
            ...(body === null ? {} : { 'content-type': request.contentType ?? 'application/json' }),
            ...headers,
            ...request.headers,
          },
          body,
          signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
        });
        const text = await response.text();
        if (!temporary.has(response.status) || attempt === tries) return { response, text };
        await sleep(pauseOf(response, attempt), undefined, { signal: stop });
      } catch (error) {
        stop.throwIfAborted();
        if (attempt === tries) throw new PlatformUnreachableError(url, error);
        await sleep(pauseOf(undefined, attempt), undefined, { signal: stop });
      }
    }
  }
}

function pauseOf(response: Response | undefined, attempt: number): number {
  const told = Number(response?.headers.get('retry-after') ?? '');
  if (Number.isFinite(told) && told > 0) return Math.min(told * 1000, longestPauseMs);
  return Math.min(100 * 2 ** (attempt - 1), 5000);
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toProblem(body: unknown): Partial<Problem> {
  return typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
}
