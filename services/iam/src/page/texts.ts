import type { Locale } from '../mail/locale.ts';
import { textsDe } from './texts-de.ts';
import { textsEn } from './texts-en.ts';

/** Every text of the pages, in one language. */
export type Texts = {
  readonly [Section in keyof typeof textsEn]: { readonly [Key in keyof (typeof textsEn)[Section]]: string };
};

/** Texts of each language that pages are written in, under the name that its readers have for it. */
export const languages: Readonly<Record<Locale, { readonly name: string; readonly texts: Texts }>> = {
  en: { name: 'English', texts: textsEn },
  de: { name: 'Deutsch', texts: textsDe },
};

/** A text with its values in place of `{name}`; a name without a value stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
