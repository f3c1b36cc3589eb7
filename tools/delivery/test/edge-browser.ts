import { request } from 'node:http';

export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  /** Of the request that was answered. */
  readonly url: string;
}

export interface EdgeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** Opens addresses of a platform through the port of its edge on this machine, and keeps cookies by domain. */
export class EdgeBrowser {
  readonly #port: number;
  readonly #cookies = new Map<string, { readonly domain: string; readonly value: string }>();

  constructor(port: number) {
    this.#port = port;
  }

  /** One request, as a browser that opens a page unless `headers` say otherwise. */
  send(
    url: string,
    { form, method = form === undefined ? 'GET' : 'POST', headers = {} }: EdgeRequest = {},
  ): Promise<EdgeAnswer> {
    const { host, hostname, pathname, search } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([, { domain }]) => hostname === domain || hostname.endsWith(`.${domain}`))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const sent = {
      accept: 'text/html,*/*;q=0.8',
      host,
      ...(cookie === '' ? {} : { cookie }),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    };
    const options = { host: '127.0.0.1', port: this.#port, method, path: `${pathname}${search}`, headers: sent };
    return new Promise((resolve, reject) => {
      const call = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          this.#keep(hostname, answer.headers['set-cookie'] ?? []);
          const text = Buffer.concat(chunks).toString();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, url });
        });
      });
      call.on('error', reject);
      call.end(form === undefined ? undefined : new URLSearchParams(form).toString());
    });
  }

  /** Follows redirects to their end. */
  async open(url: string, sent: EdgeRequest = {}): Promise<EdgeAnswer> {
    let answer = await this.send(url, sent);
    for (let hops = 0; answer.status === 302 && hops < 10; hops += 1)
      answer = await this.send(new URL(String(answer.headers['location']), answer.url).href);
    return answer;
  }

  #keep(hostname: string, cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [pair = '', ...attributes] = cookie.split(/; */);
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(pair) ?? [];
      const domain = attributes.find((attribute) => /^domain=/i.test(attribute))?.slice('domain='.length) ?? hostname;
      if (hostname !== domain && !hostname.endsWith(`.${domain}`)) throw new Error(`${hostname} set ${cookie}`);
      this.#cookies.set(name, { domain, value });
    }
  }
}
