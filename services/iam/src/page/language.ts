import { preferredLocale, locales, type Locale } from '../mail/locale.ts';
import { findCookie } from '../session/session-cookie.ts';

/** Name of the cookie that keeps the language that somebody chose. */
export const localeCookieName = 'plinth.locale';

/** What tells of the language that somebody reads. */
export interface LanguageHints {
  /** `lang` of the query: chosen on this page. */
  readonly asked: string | null;
  readonly cookies: string | undefined;
  /** Their own, when they are signed in. */
  readonly own: string | null | undefined;
  readonly acceptLanguage: string | string[] | undefined;
}

/** The language of a page: what was chosen, else the user's own, else what the browser asks for, else English. */
export function chooseLocale(hints: LanguageHints): Locale {
  return (
    toLocale(hints.asked) ??
    toLocale(findCookie(hints.cookies, localeCookieName)) ??
    preferredLocale(hints.own ?? undefined) ??
    preferredLocale(hints.acceptLanguage) ??
    'en'
  );
}

/** The language that this text names; undefined when we have none of this name. */
export function toLocale(text: string | null | undefined): Locale | undefined {
  return locales.find((locale) => locale === text);
}
