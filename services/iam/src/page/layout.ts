import type { LiveSession } from '../session/session.store.ts';
import { html, type Html } from './html.ts';
import { locales } from '../mail/locale.ts';
import type { PageAssets } from './page-assets.ts';
import { readReturnTo } from './return-to.ts';
import { fillIn, languages } from './texts.ts';
import { formatTime } from './time-text.ts';
import type { Page, Visit } from './visit.ts';

/** What the operator calls the platform, and their logo. */
export interface Brand {
  readonly name: string;
  readonly logoUrl: string | undefined;
}

export interface LayoutOptions {
  readonly brand: Brand;
  readonly assets: PageAssets;
  /** Who of the support staff acts as the user. */
  readonly actor: string | undefined;
}

/** The whole document of a page. */
export function renderDocument(page: Page, visit: Visit, { brand, assets, actor }: LayoutOptions): string {
  const { texts, locale, session } = visit;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        ${page.refresh !== undefined && html`<meta http-equiv="refresh" content="0; url=${page.refresh}" />`}
        <title>${page.title} · ${brand.name}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assets.style.path}" />
        ${page.script === true && html`<script src="${assets.script.path}" defer></script>`}
      </head>
      <body class="${page.wide === true ? 'wide' : 'narrow'}">
        <a class="skip" href="#content">${texts.common.skip}</a>
        ${session !== undefined && session.actorId !== null && renderBanner(session, actor ?? session.actorId, visit)}
        <header class="page-head"><a class="brand" href="/">${renderBrand(brand)}</a></header>
        <main id="content">${page.body}</main>
        <footer class="page-foot">
          <nav aria-label="${texts.common.language}">
            <ul>
              ${locales.map((other) => renderLanguage(other, visit))}
            </ul>
          </nav>
        </footer>
      </body>
    </html> `.text;
}

function renderBrand({ name, logoUrl }: Brand): Html {
  return logoUrl === undefined ? html`${name}` : html`<img src="${logoUrl}" alt="" /><span>${name}</span>`;
}

function renderBanner(session: LiveSession, actor: string, { texts, locale, formToken }: Visit): Html {
  const values = { actor, user: session.name, time: formatTime(session.endsAt, locale, texts) };
  return html`<section class="banner" aria-label="${texts.banner.title}">
    <div>
      <p>${fillIn(texts.banner.text, values)}</p>
      <form method="post" action="/security/support-session">
        <input type="hidden" name="form_token" value="${formToken}" />
        <button class="button small">${fillIn(texts.banner.stop, values)}</button>
      </form>
    </div>
  </section>`;
}

/** The same page in another language. */
function renderLanguage(locale: (typeof locales)[number], visit: Visit): Html {
  const { name } = languages[locale];
  if (locale === visit.locale) return html`<li><span lang="${locale}" aria-current="true">${name}</span></li>`;
  const query = new URLSearchParams(visit.query);
  const returnTo = readReturnTo(visit);
  if (returnTo !== undefined) query.set('return_to', returnTo);
  query.set('lang', locale);
  return html`<li><a href="${visit.path}?${query.toString()}" lang="${locale}" hreflang="${locale}">${name}</a></li>`;
}
