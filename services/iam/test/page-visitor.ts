import type { ServiceUnderTest } from '@plinth/testing';
import { origin } from './builders.ts';

/** A page as a browser got it. */
export interface ShownPage {
  readonly status: number;
  /** Path and query at which it was shown; a whole address when the browser left the platform. */
  readonly url: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface SentForm {
  /** Instead of what the form says. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser without scripts: keeps cookies, follows redirects to pages, sends forms with their hidden fields. */
export class PageVisitor {
  readonly #iam: ServiceUnderTest;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #cookies = new Map<string, string>();
  #page: ShownPage | undefined;

  constructor(iam: ServiceUnderTest, headers: Readonly<Record<string, string>> = {}) {
    this.#iam = iam;
    this.#headers = headers;
  }

  /** The page that was shown last. */
  get page(): ShownPage {
    if (this.#page === undefined) throw new Error('no page was opened yet');
    return this.#page;
  }

  get cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookies(header: string): void {
    for (const pair of header.split('; ')) this.#keep(pair);
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** Opens a page, and the one that it leads to. */
  async open(url: string): Promise<ShownPage> {
    return this.#follow('GET', url, {});
  }

  /** Goes where a page leads by itself. */
  async goOn(): Promise<ShownPage> {
    const target = /<meta http-equiv="refresh" content="0; url=([^"]+)">/.exec(this.page.html)?.[1];
    if (target === undefined) throw new Error(`${this.page.url} leads nowhere by itself`);
    return this.open(decode(target));
  }

  /** Sends the form of the page with this action; `match` tells several of them apart. */
  async submit(action: string, { fields = {}, headers = {} }: SentForm = {}, match = ''): Promise<ShownPage> {
    const values = { ...hiddenFields(this.page.html, action, match), ...fields };
    return this.post(action, values, headers);
  }

  /** Sends a form that no page has shown. */
  async post(
    url: string,
    values: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ShownPage> {
    const body = new URLSearchParams(values).toString();
    return this.#follow('POST', url, { body, headers: { origin, ...headers } });
  }

  async #follow(
    method: 'GET' | 'POST',
    url: string,
    options: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<ShownPage> {
    const form: Record<string, string> =
      method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const answer = await this.#iam.send(method, url, {
      ...options,
      headers: { ...this.#headers, cookie: this.cookies, ...form, ...options.headers },
    });
    for (const header of [answer.headers['set-cookie']].flat().filter((one) => one !== undefined))
      this.#keep(String(header));
    const given = answer.headers['location'];
    const location = typeof given === 'string' ? given.replace(new RegExp(`^${origin}(?=/)`), '') : undefined;
    if (location?.startsWith('/')) return this.#follow('GET', location, {});
    this.#page = {
      status: answer.status,
      url: location ?? url,
      html: tidy(String(answer.body)),
      headers: answer.headers,
    };
    return this.#page;
  }

  #keep(header: string): void {
    const [pair = ''] = header.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    if (/; max-age=0/i.test(header)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(name.length + 1));
  }
}

/** Markup without line breaks and spaces that mean nothing. */
function tidy(html: string): string {
  return html
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?\/?>/g, '>')
    .replaceAll(/> </g, '><');
}

/** Names and values of the hidden inputs of a form. Fails when the page has no such form. */
export function hiddenFields(html: string, action: string, match = ''): Record<string, string> {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((one) => one.includes(`action="${action}"`) && one.includes(match));
  if (form === undefined) throw new Error(`no form to ${action} in:\n${html}`);
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return Object.fromEntries(inputs.map(([, name, value]) => [name!, decode(value!)]));
}

/** The text of a page without markup, as somebody reads it. */
export function textOf(html: string): string {
  return decode(html.replaceAll(/<head>[\s\S]*?<\/head>|<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function decode(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
