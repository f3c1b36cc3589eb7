/** A browser over HTTP: keeps cookies by path, follows redirects within one origin. */
export class HttpBrowser {
  readonly #origin: string;
  readonly #cookies = new Map<string, { readonly pair: string; readonly path: string }>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** One request, without following where it leads. */
  async send(method: string, url: string, body?: unknown): Promise<Response> {
    const target = new URL(url, this.#origin);
    const cookie = [...this.#cookies.values()]
      .filter((one) => target.pathname.startsWith(one.path))
      .map((one) => one.pair)
      .join('; ');
    const answer = await fetch(target, {
      method,
      redirect: 'manual',
      headers: {
        cookie,
        accept: 'text/html,application/json',
        ...(method === 'GET' ? {} : { origin: this.#origin, 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const header of answer.headers.getSetCookie()) this.#store(header);
    return answer;
  }

  /** Sends and reads the answer, which must be a success. */
  async expect<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.send(method, `/api/v1${path}`, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** Follows redirects until the browser leaves the identity provider's endpoints; returns where it came to. */
  async visit(url: string): Promise<URL> {
    let current = new URL(url, this.#origin);
    for (let hops = 0; hops < 12; hops += 1) {
      if (current.origin !== this.#origin || !current.pathname.startsWith('/api/v1/auth/')) return current;
      const answer = await this.send('GET', current.href);
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`${current.pathname} answered ${answer.status}: ${await answer.text()}`);
      current = new URL(location, current);
    }
    throw new Error(`redirected without end at ${current.href}`);
  }

  #store(header: string): void {
    const [pair = '', ...attributes] = header.split('; ');
    const path = attributes.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const name = pair.split('=')[0]!;
    if (attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one))) this.#cookies.delete(name);
    else this.#cookies.set(name, { pair, path });
  }
}
