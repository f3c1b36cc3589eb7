import { request } from 'node:http';

export interface EdgeAnswer {
  readonly status: number;
  /** Its media type. */
  readonly type: string;
  /** Parsed where the type says that it is JSON. */
  // Tests read what they expect; a wrong shape fails their assertion.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any;
}

type Headers = Readonly<Record<string, string>>;

/** Calls a host name of the platform through the port of its edge on this machine, and keeps the session. */
export class EdgeCaller {
  readonly #port: number;
  readonly #host: string;
  #cookie = '';

  constructor(port: number, host: string) {
    this.#port = port;
    this.#host = host;
  }

  /** Signs a new person up and keeps their session. */
  async signUp(email: string, password = 'correct horse battery staple'): Promise<this> {
    await this.expect('POST', '/auth/sign-up/email', { name: email, email, password });
    return this;
  }

  /** Sends, and throws unless the answer is a success. */
  async expect(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<EdgeAnswer['body']> {
    const answer = await this.send(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Calls an operation of the API. */
  send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<EdgeAnswer> {
    return this.request(method, `/api/v1${path}`, body, headers);
  }

  /** Calls any path of the host. `fetch` would send the address in place of the host name. */
  request(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<EdgeAnswer> {
    return new Promise((resolve, reject) => {
      const sent = {
        host: this.#host,
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      };
      const call = request({ host: '127.0.0.1', port: this.#port, method, path, headers: sent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
          if (cookies.length > 0) this.#cookie = cookies.join('; ');
          const type = answer.headers['content-type'] ?? '';
          const text = Buffer.concat(chunks).toString();
          const isJson = /[/+]json\b/.test(type) && text !== '';
          resolve({ status: answer.statusCode ?? 0, type, body: isJson ? JSON.parse(text) : text });
        });
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
