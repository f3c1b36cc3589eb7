import { sendRequest, type SuiteAnswer } from './gateway-request.ts';

/** How a gateway in front of an application asks whether a request may pass. */
export interface AskedApplication {
  readonly host: string;
  /** Query of `/edge/verify`. */
  readonly query: string;
}

const navigation = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' };

/**
 * A browser whose names all lead to one machine: keeps cookies by host as browsers do, opens pages, follows redirects.
 * Requests for the hosts of applications are asked about at `/edge/verify`, as a gateway in front of them does.
 */
export class EdgeBrowser {
  readonly #port: number;
  readonly #applications: readonly AskedApplication[];
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(port: number, applications: readonly AskedApplication[] = []) {
    this.#port = port;
    this.#applications = applications;
  }

  /** The same cookies at another gateway. */
  at(port: number): EdgeBrowser {
    const other = new EdgeBrowser(port, this.#applications);
    for (const [host, cookies] of this.#cookies) other.#cookies.set(host, cookies);
    return other;
  }

  cookiesOf(host: string): ReadonlyMap<string, string> {
    return this.#cookies.get(host) ?? new Map();
  }

  setCookie(host: string, name: string, value: string): void {
    const cookies = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, cookies.set(name, value));
  }

  forget(host: string): void {
    this.#cookies.delete(host);
  }

  /** Opens one address and goes no further. */
  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<SuiteAnswer> {
    return this.#send('GET', url, { ...navigation, ...headers });
  }

  /** What a script on a page sends; without `headers` on a page of the same origin. */
  async post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<SuiteAnswer> {
    const { origin } = new URL(url);
    return this.#send('POST', url, { origin, 'content-type': 'application/json', ...headers }, JSON.stringify(body));
  }

  /** Opens an address and goes where it leads, until a page answers or `until` is where it is led to. */
  async visit(url: string, until?: RegExp): Promise<{ readonly url: URL; readonly answer: SuiteAnswer }> {
    let current = new URL(url);
    for (let hops = 0; hops < 15; hops += 1) {
      const answer = await this.open(current.href);
      const [location] = answer.values('location');
      if (location === undefined) return { url: current, answer };
      current = new URL(location, current);
      if (until?.test(current.href) === true) return { url: current, answer };
    }
    throw new Error(`redirected without end at ${current.href}`);
  }

  async #send(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<SuiteAnswer> {
    const { host, pathname, search } = new URL(url);
    const cookie = [...this.cookiesOf(host)].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { ...(cookie === '' ? {} : { cookie }), ...headers };
    const application = this.#applications.find((one) => one.host === host);
    const isAsked = application !== undefined && !pathname.startsWith('/edge/');
    const request = isAsked
      ? {
          path: `/edge/verify?${application.query}`,
          headers: {
            ...sent,
            'x-forwarded-method': method,
            'x-forwarded-uri': pathname + search,
            'x-forwarded-host': host,
            'x-forwarded-proto': 'http',
            'x-forwarded-for': '203.0.113.9',
          },
        }
      : { method, path: pathname + search, headers: sent, ...(body === undefined ? {} : { body }) };
    const answer = await sendRequest(this.#port, request, host);
    for (const header of answer.values('set-cookie')) this.#store(host, header);
    return answer;
  }

  #store(host: string, header: string): void {
    const [pair = '', ...attributes] = header.split('; ');
    const at = pair.indexOf('=');
    const cookies = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, cookies);
    if (attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one))) cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
