import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with the next request to a path: before Stripe does its work, or after it. */
export type StripeFault =
  | { readonly kind: 'rate_limited' }
  | { readonly kind: 'invalid_key' }
  /** The work is done, and then the connection hangs, or the answer is an error. */
  | { readonly kind: 'silence_after' }
  | { readonly kind: 'server_error_after' }
  /** The request never arrives. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'declined'; readonly declineCode: string }
  | { readonly kind: 'requires_action' }
  | { readonly kind: 'processing' };

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly form: URLSearchParams;
  readonly key: string | undefined;
}

type StripeObject = Record<string, unknown> & { id: string };

/**
 * Stands in for Stripe where its own mock server cannot: it keeps state, remembers idempotency keys as Stripe does, and
 * fails on demand. The shapes are those of the API.
 */
export class StripeStandIn {
  readonly requests: Recorded[] = [];
  readonly intents = new Map<string, StripeObject>();
  readonly refunds = new Map<string, StripeObject>();
  readonly methods = new Map<string, StripeObject>();
  readonly movements: StripeObject[] = [];
  /** Runs while a charge is on its way back: the world does not stand still. */
  beforeAnswer: ((object: StripeObject) => Promise<void>) | undefined;
  readonly #answers = new Map<string, { status: number; body: unknown }>();
  readonly #faults: { path: string; fault: StripeFault }[] = [];
  readonly #server: Server;
  #count = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve, reject) => this.#server.close((error) => (error ? reject(error) : resolve())));
  }

  /** The next request to the path fails so. */
  failNext(path: string, fault: StripeFault): void {
    this.#faults.push({ path, fault });
  }

  /** Money that was really taken. */
  get charged(): number {
    return [...this.intents.values()]
      .filter(({ status }) => status === 'succeeded')
      .reduce((sum, { amount }) => sum + Number(amount), 0);
  }

  countRequests(method: string, path: string): number {
    return this.requests.filter((request) => request.method === method && request.path === path).length;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const url = new URL(request.url!, 'http://stripe');
    const form = request.method === 'GET' ? url.searchParams : new URLSearchParams(Buffer.concat(chunks).toString());
    const key = request.headers['idempotency-key'] as string | undefined;
    this.requests.push({ method: request.method!, path: url.pathname, form, key });
    const index = this.#faults.findIndex(({ path }) => path === url.pathname);
    const fault = index === -1 ? undefined : this.#faults.splice(index, 1)[0]!.fault;
    if (fault?.kind === 'lost') return void request.socket.destroy();
    if (fault?.kind === 'rate_limited')
      return send(response, 429, {
        error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Slow down.' },
      });
    if (fault?.kind === 'invalid_key')
      return send(response, 401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } });
    const known = key === undefined ? undefined : this.#answers.get(key);
    const answer = known ?? this.#answer(request.method!, url.pathname, form, fault);
    if (key !== undefined) this.#answers.set(key, answer);
    await this.beforeAnswer?.(answer.body as StripeObject);
    if (fault?.kind === 'silence_after') return;
    if (fault?.kind === 'server_error_after')
      return send(response, 500, { error: { type: 'api_error', message: 'An unknown error occurred' } });
    return send(response, answer.status, answer.body);
  }

  #answer(
    method: string,
    path: string,
    form: URLSearchParams,
    fault: StripeFault | undefined,
  ): { status: number; body: unknown } {
    const [, , resource = '', id, action] = path.split('/');
    if (method === 'POST' && resource === 'customers') return ok({ id: this.#name('cus'), object: 'customer' });
    if (method === 'POST' && resource === 'setup_intents' && id === undefined) {
      const setup = this.#name('seti');
      return ok({ id: setup, object: 'setup_intent', client_secret: `${setup}_secret_x` });
    }
    if (resource === 'payment_methods' && id !== undefined) return this.#method(id, action, form);
    if (method === 'POST' && resource === 'payment_intents' && id === undefined) return this.#charge(form, fault);
    if (resource === 'payment_intents' && id !== undefined) return this.#intent(id, action);
    if (resource === 'payment_intents') {
      const customer = form.get('customer');
      return list([...this.intents.values()].filter((intent) => intent['customer'] === customer).toReversed());
    }
    if (method === 'POST' && resource === 'refunds') return this.#refund(form);
    if (resource === 'refunds' && id !== undefined) return ok(this.refunds.get(id)!);
    if (resource === 'refunds') {
      const intent = form.get('payment_intent');
      return list([...this.refunds.values()].filter((refund) => refund['payment_intent'] === intent));
    }
    if (resource === 'balance_transactions') {
      const [from, to] = [Number(form.get('created[gte]')), Number(form.get('created[lt]'))];
      return list(this.movements.filter(({ created }) => Number(created) >= from && Number(created) < to));
    }
    return { status: 404, body: { error: { type: 'invalid_request_error', code: 'resource_missing', message: path } } };
  }

  #method(id: string, action: string | undefined, form: URLSearchParams): { status: number; body: unknown } {
    const method = this.methods.get(id) ?? {
      id,
      object: 'payment_method',
      type: 'card',
      customer: null,
      card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030 },
    };
    if (action === 'attach') method['customer'] = form.get('customer');
    if (action === 'detach') method['customer'] = null;
    this.methods.set(id, method);
    return ok(method);
  }

  #charge(form: URLSearchParams, fault: StripeFault | undefined): { status: number; body: unknown } {
    const id = this.#name('pi');
    const states = {
      requires_action: 'requires_action',
      processing: 'processing',
      declined: 'requires_payment_method',
    };
    const status = states[(fault?.kind ?? '') as keyof typeof states] ?? 'succeeded';
    const error =
      fault?.kind === 'declined'
        ? {
            type: 'card_error',
            code: 'card_declined',
            decline_code: fault.declineCode,
            message: 'Your card was declined.',
          }
        : null;
    const intent: StripeObject = {
      id,
      object: 'payment_intent',
      amount: Number(form.get('amount')),
      currency: form.get('currency')!,
      customer: form.get('customer'),
      client_secret: `${id}_secret_x`,
      created: 1_718_452_800,
      metadata: { plinth_payment_id: form.get('metadata[plinth_payment_id]') },
      status,
      next_action: null,
      last_payment_error: error,
    };
    this.intents.set(id, intent);
    return error === null ? ok(intent) : { status: 402, body: { error: { ...error, payment_intent: intent } } };
  }

  #intent(id: string, action: string | undefined): { status: number; body: unknown } {
    const intent = this.intents.get(id)!;
    if (action === 'cancel') {
      if (intent['status'] === 'succeeded')
        return {
          status: 400,
          body: {
            error: { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message: 'too late' },
          },
        };
      intent['status'] = 'canceled';
    }
    return ok(intent);
  }

  #refund(form: URLSearchParams): { status: number; body: unknown } {
    const refund: StripeObject = {
      id: this.#name('re'),
      object: 'refund',
      status: 'succeeded',
      amount: Number(form.get('amount')),
      currency: 'eur',
      payment_intent: form.get('payment_intent'),
      reason: null,
      metadata: { plinth_refund_id: form.get('metadata[plinth_refund_id]') },
    };
    this.refunds.set(refund.id, refund);
    return ok(refund);
  }

  #name(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#count}`;
  }
}

/** A webhook as Stripe signs it. */
export function signStripeEvent(event: object, secret: string, now: Date): { body: string; signature: string } {
  const body = JSON.stringify(event);
  const timestamp = Math.floor(now.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { body, signature: `t=${timestamp},v1=${signature},v0=${'0'.repeat(64)}` };
}

function ok(body: unknown): { status: number; body: unknown } {
  return { status: 200, body };
}

function list(data: readonly unknown[]): { status: number; body: unknown } {
  return ok({ object: 'list', data, has_more: false });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
