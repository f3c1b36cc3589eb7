import { request } from 'node:http';

export interface EdgeAnswer {
  readonly status: number;
  /** Its media type. */
  readonly type: string;
  readonly text: string;
}

/** Calls a host name of the platform through the port of its edge on this machine, and keeps the session. */
export class EdgeCaller {
  readonly #port: number;
  readonly #host: string;
  #cookie = '';

  constructor(port: number, host: string) {
    this.#port = port;
    this.#host = host;
  }

  /** Sends, and throws unless the answer is a success. */
  async expect<Body>(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Body> {
    const { status, text } = await this.send(method, path, body, type);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return JSON.parse(text) as Body;
  }

  /** Calls an operation of the API. */
  send(method: string, path: string, body?: unknown, type = 'application/json'): Promise<EdgeAnswer> {
    return this.request(method, `/api/v1${path}`, body, type);
  }

  /** Calls any path of the host. */
  request(method: string, path: string, body?: unknown, type = 'application/json'): Promise<EdgeAnswer> {
    return new Promise((resolve, reject) => {
      const headers = {
        host: this.#host,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': type }),
      };
      const options = { host: '127.0.0.1', port: this.#port, method, path, headers };
      const call = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
          if (cookies.length > 0) this.#cookie = cookies.join('; ');
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString(),
          });
        });
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** Repeats until it succeeds: roles and projections come by events. */
export async function eventually<Result>(attempt: () => Promise<Result>, withinMs = 15_000): Promise<Result> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const plan = (productId: string) => ({
  key: 'calls',
  name: 'Calls',
  productId,
  currency: 'EUR',
  period: { unit: 'month', count: 1 },
  prices: [
    { key: 'fee', description: 'Monthly fee', model: { model: 'flat', amount: '10', timing: 'arrears' } },
    {
      key: 'calls',
      description: 'Calls',
      model: {
        model: 'graduated',
        meter: 'calls',
        tiers: [
          { upTo: '100', unitAmount: '0.01' },
          { upTo: null, unitAmount: '0.001' },
        ],
      },
    },
  ],
});

/**
 * The main job: somebody signs up, gets an organization, sells a plan to a customer, meters 250 calls and invoices
 * January 2025. Resolves to the invoice: 10.00 + 100 × 0.01 + 150 × 0.001 = 11.15 EUR.
 */
export async function runMainJob(caller: EdgeCaller, email: string): Promise<{ status: string; totalMinor: string }> {
  const password = 'correct horse battery staple';
  await caller.expect('POST', '/auth/sign-up/email', { name: email, email, password });
  await caller.expect('POST', '/organizations', { name: 'Acme' });
  const meter = { key: 'calls', name: 'Calls', eventType: 'call.made', aggregation: 'count' };
  await eventually(() => caller.expect('POST', '/metering/meters', meter));
  const product = await caller.expect<{ id: string }>('POST', '/products', { key: 'api', name: 'API' });
  const { id: planId } = await caller.expect<{ id: string }>('POST', '/plans', plan(product.id));
  const customer = { key: 'customer-1', name: 'Customer', currency: 'EUR', timeZone: 'UTC' };
  const { id: accountId } = await caller.expect<{ id: string }>('POST', '/accounts', customer);
  await caller.expect('POST', '/subscriptions', { accountId, planId, startsOn: '2025-01-01' });
  const events = Array.from({ length: 250 }, (_, index) => ({
    specversion: '1.0',
    id: `call-${index}`,
    source: 'urn:test:edge',
    type: 'call.made',
    subject: 'customer-1',
    time: new Date(Date.UTC(2025, 0, 2, 0, 0, index)).toISOString(),
    data: {},
  }));
  await caller.expect('POST', '/usage/events', events, 'application/cloudevents-batch+json');
  await caller.expect('POST', '/invoices/runs', { until: '2025-02-01T00:00:00.000Z', finalize: true });
  const invoices = await caller.expect<{ data: { id: string }[] }>('GET', `/invoices?accountId=${accountId}`);
  return caller.expect('GET', `/invoices/${invoices.data[0]!.id}`);
}
