import type { Secret } from '@plinth/common';
import {
  GatewayKeyRefusedError,
  GatewayRateLimitedError,
  GatewayRefusedError,
  GatewayUnavailableError,
} from './payment-gateway.errors.ts';

/** The version whose shapes the adapter reads; Stripe answers in it whatever the account's own version is. */
export const stripeApiVersion = '2026-10-28.endive';

export type StripeParameters = Readonly<Record<string, string | number | boolean | undefined>>;

export interface StripeRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL, such as `/v1/customers`. */
  readonly path: string;
  /** Flat, nested names as Stripe writes them: `metadata[payment]`. */
  readonly parameters?: StripeParameters;
  /** Repeated within a day, the same key gives the same answer. */
  readonly idempotencyKey?: string;
}

/** What Stripe says about a card that was declined; the payment it made of it, if any. */
export class StripeCardError extends Error {
  readonly code: string;
  readonly declineCode: string | null;
  readonly paymentIntent: Record<string, unknown> | undefined;
  constructor(error: StripeErrorBody) {
    super(error.message ?? 'The card was declined.');
    this.name = 'StripeCardError';
    this.code = error.code ?? 'card_declined';
    this.declineCode = error.decline_code ?? null;
    this.paymentIntent = error.payment_intent;
  }
}

interface StripeErrorBody {
  readonly type?: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly message?: string;
  readonly payment_intent?: Record<string, unknown>;
}

export interface StripeClientOptions {
  readonly baseUrl: string;
  readonly secretKey: Secret;
  readonly timeoutMs: number;
}

/** Stripe's HTTP API (docs.stripe.com/api): forms in, JSON out, errors translated. It never repeats a request by itself. */
export class StripeClient {
  readonly #options: StripeClientOptions;

  constructor(options: StripeClientOptions) {
    this.#options = options;
  }

  /** Sends a request and gives the answer's object. Throws `StripeCardError` and the errors of the gateway port. */
  async request<Answer>({ method, path, parameters = {}, idempotencyKey }: StripeRequest): Promise<Answer> {
    const { baseUrl, secretKey, timeoutMs } = this.#options;
    const form = encodeForm(parameters);
    const inUrl = method === 'GET' && form !== '' ? `?${form}` : '';
    try {
      const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}${inUrl}`, {
        method,
        headers: {
          authorization: `Bearer ${secretKey.reveal()}`,
          'stripe-version': stripeApiVersion,
          ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(method === 'POST' ? { body: form } : {}),
        // A redirect would carry the key elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = (await response.json()) as { readonly error?: StripeErrorBody };
      if (response.ok) return body as Answer;
      throw toError(response.status, body.error ?? {}, response.headers);
    } catch (error) {
      if (isTranslated(error)) throw error;
      const { name, message, cause } = error as Error;
      const reason = name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : message;
      throw new GatewayUnavailableError(reason, cause ?? error);
    }
  }

  /** Every object of a list, page by page. */
  async *list<Item extends { readonly id: string }>(path: string, parameters: StripeParameters): AsyncIterable<Item> {
    let after: string | undefined;
    do {
      const page: { readonly data: readonly Item[]; readonly has_more: boolean } = await this.request({
        method: 'GET',
        path,
        parameters: { ...parameters, limit: 100, starting_after: after },
      });
      yield* page.data;
      after = page.has_more ? page.data.at(-1)?.id : undefined;
    } while (after !== undefined);
  }
}

function encodeForm(parameters: StripeParameters): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.append(name, String(value));
  return form.toString();
}

function isTranslated(error: unknown): boolean {
  return (
    error instanceof StripeCardError ||
    error instanceof GatewayUnavailableError ||
    error instanceof GatewayRateLimitedError ||
    error instanceof GatewayKeyRefusedError ||
    error instanceof GatewayRefusedError
  );
}

/** Stripe's answer as an error (docs.stripe.com/api/errors). */
function toError(status: number, error: StripeErrorBody, headers: Headers): Error {
  if (error.type === 'card_error' || status === 402) return new StripeCardError(error);
  if (status === 429 || error.code === 'lock_timeout') return new GatewayRateLimitedError(retryAfter(headers));
  // 409: a request with the same key still runs, so this one tells nothing about it.
  if (status >= 500 || status === 409 || status === 408) return new GatewayUnavailableError(`status ${status}`);
  if (status === 401 || status === 403) return new GatewayKeyRefusedError();
  return new GatewayRefusedError(error.code ?? error.type ?? `status_${status}`, error.message ?? `status ${status}`);
}

function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isInteger(seconds) && seconds > 0 && seconds <= 3600 ? seconds : 30;
}
