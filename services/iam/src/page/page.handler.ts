import { findRequestContext, toDomainError, type Browser } from '@plinth/common';
import { findSignInUser } from '../authentication/sign-in-user.store.ts';
import type { IamCore } from '../core.ts';
import { findCookie, renderCookie } from '../session/session-cookie.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './error-view.ts';
import { formCookieName, FormTokens } from './form-token.ts';
import { chooseLocale, localeCookieName, toLocale } from './language.ts';
import { renderDocument, type Brand } from './layout.ts';
import type { PageAssets } from './page-assets.ts';
import { pageHeaders } from './page-policy.ts';
import { FormExpiredError } from './page.errors.ts';
import { languages } from './texts.ts';
import type { Answer, PageHandler, Visit } from './visit.ts';

/** Turns requests into visits, and answers into documents and redirects. */
export class PageServer {
  readonly #core: IamCore;
  readonly #assets: PageAssets;
  readonly #brand: Brand;
  readonly #tokens: FormTokens;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(core: IamCore, assets: PageAssets) {
    const { productName, brandLogoUrl, secret } = core.config;
    this.#core = core;
    this.#assets = assets;
    this.#brand = { name: productName, logoUrl: brandLogoUrl };
    this.#tokens = new FormTokens(secret);
    this.#headers = pageHeaders(brandLogoUrl);
  }

  /** Shows a page. */
  async show(handler: PageHandler, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return this.#answer(request, reply, handler);
  }

  /** Takes a form: from our own pages, shown to this browser in this session. */
  async take(handler: PageHandler, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return this.#answer(request, reply, async (visit) => {
      this.#core.origins.assert(request.headers);
      const cookie = findCookie(visit.browser.cookies, this.#cookieName);
      if (!this.#tokens.isValid(visit.form.get('form_token'), cookie, visit.session?.id)) throw new FormExpiredError();
      return handler(visit);
    });
  }

  async #answer(request: FastifyRequest, reply: FastifyReply, handler: PageHandler): Promise<FastifyReply> {
    reply.headers(this.#headers);
    let visit = this.#describe(request, reply);
    try {
      visit = await this.#identify(visit);
      return await this.#send(await handler(visit), visit, reply);
    } catch (error) {
      const { kind, cause } = toDomainError(error);
      if (kind === 'internal') this.#core.log.error({ err: cause ?? error }, 'a page failed');
      return this.#send(answerError(error, visit, request.id), visit, reply);
    }
  }

  async #send(answer: Answer, visit: Visit, reply: FastifyReply): Promise<FastifyReply> {
    if ('location' in answer) return reply.redirect(answer.location, 303);
    const actor = await this.#findActor(visit);
    const options = { brand: this.#brand, assets: this.#assets, actor };
    return reply
      .status(answer.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('content-language', visit.locale)
      .send(renderDocument(answer, visit, options));
  }

  /** A visit of somebody unknown: nothing here needs the database. */
  #describe(request: FastifyRequest, reply: FastifyReply): Visit {
    const url = new URL(request.url, 'http://visit.invalid');
    const browser: Browser = {
      ip: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 500),
      cookies: request.headers.cookie,
      setCookie: (header) => void reply.header('set-cookie', header),
    };
    return {
      path: url.pathname,
      query: url.searchParams,
      form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
      headers: request.headers,
      browser,
      session: undefined,
      caller: undefined,
      ...this.#speak(url.searchParams, browser, request.headers['accept-language'], undefined),
      productName: this.#brand.name,
      formToken: '',
    };
  }

  async #identify(visit: Visit): Promise<Visit> {
    const { sessions } = this.#core;
    const { browser, query, headers } = visit;
    const session = await sessions.find(browser.cookies);
    const caller =
      session === undefined || session.pending
        ? undefined
        : await sessions.authenticateById(session.id, session.userId, undefined);
    // What is done here is done by them: the audit trail takes its actor from the context.
    const context = findRequestContext();
    if (context !== undefined) context.principal = caller;
    const asked = toLocale(query.get('lang'));
    const { cookieSecure } = this.#core.config;
    if (asked !== undefined) browser.setCookie(renderCookie(localeCookieName, asked, cookieSecure));
    return {
      ...visit,
      session,
      caller,
      ...this.#speak(query, browser, headers['accept-language'], session?.locale),
      formToken: this.#tokens.make(this.#formCookie(browser), session?.id),
    };
  }

  /** The cookie that forms are bound to; drawn for a browser that has none. */
  #formCookie(browser: Browser): string {
    const known = findCookie(browser.cookies, this.#cookieName);
    if (known !== undefined && known !== '') return known;
    const drawn = this.#tokens.draw();
    browser.setCookie(renderCookie(this.#cookieName, drawn, this.#core.config.cookieSecure));
    return drawn;
  }

  #speak(
    query: URLSearchParams,
    { cookies }: Browser,
    acceptLanguage: string | string[] | undefined,
    own: string | null | undefined,
  ): Pick<Visit, 'locale' | 'texts'> {
    const locale = chooseLocale({ asked: query.get('lang'), cookies, own, acceptLanguage });
    return { locale, texts: languages[locale].texts };
  }

  async #findActor({ session }: Visit): Promise<string | undefined> {
    const actorId = session?.actorId;
    if (actorId === undefined || actorId === null) return undefined;
    const actor = await this.#core.database.transaction(undefined, (transaction) =>
      findSignInUser(transaction, actorId),
    );
    return actor?.name;
  }

  get #cookieName(): string {
    return formCookieName(this.#core.config.cookieSecure);
  }
}
