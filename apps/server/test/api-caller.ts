/** A caller of the platform's public API, with one way to sign in. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests read what they expect; a wrong shape fails their assertion.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any;
}

export class ApiCaller {
  readonly #url: string;
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.headers = headers;
  }

  /** Signs a new person up and returns a caller with their session. */
  static async signUp(url: string, email: string, password = 'correct horse battery staple'): Promise<ApiCaller> {
    const answer = await new ApiCaller(url).send('POST', '/auth/sign-up/email', { name: email, email, password });
    if (answer.status !== 200) throw new Error(`sign-up answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return new ApiCaller(url, { cookie: cookiesOf(answer) });
  }

  with(headers: Record<string, string>): ApiCaller {
    return new ApiCaller(this.#url, { ...this.headers, ...headers });
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...this.headers, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  }

  /** Sends and throws unless the answer is a success. */
  async expect(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer['body']> {
    const answer = await this.send(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** The cookies that an answer sets, as a Cookie header. */
export function cookiesOf(answer: ApiAnswer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
