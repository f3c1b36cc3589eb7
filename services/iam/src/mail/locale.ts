/** Languages that mails are written in. */
export const locales = ['en', 'de'] as const;
export type Locale = (typeof locales)[number];

/** The language to write to somebody in: their own, else what their browser asks for, else English. */
export function resolveLocale(own: string | null | undefined, acceptLanguage: string | string[] | undefined): Locale {
  return findLocale(own ?? undefined) ?? preferredLocale(acceptLanguage) ?? 'en';
}

/** The first language of an Accept-Language header (RFC 9110) that we have, by its weights. */
export function preferredLocale(header: string | string[] | undefined): Locale | undefined {
  const ranges = [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((range) => {
      const [tag, ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranges.map(({ tag }) => findLocale(tag)).find((locale) => locale !== undefined);
}

function findLocale(tag: string | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return locales.find((locale) => locale === language);
}
