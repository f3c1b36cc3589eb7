import type { Address } from '@plinth/contracts';

/** The lines of a postal address with the country's name in the reader's language at the end. */
export function addressLines(address: Address | undefined, locale: string): string[] {
  if (address === undefined) return [];
  const { line1, line2, city, region, postalCode, country } = address;
  // Where the code follows the place, the region stands between them.
  const place = codeLast.has(country)
    ? [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
    : [[postalCode, city].filter(Boolean).join(' '), region].filter(Boolean).join(', ');
  return [line1, line2 ?? '', place, countryName(country, locale)].filter((line) => line !== '');
}

const codeLast = new Set(['US', 'CA', 'GB', 'AU', 'NZ', 'IE', 'IN', 'JP', 'SG']);

function countryName(country: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(country) ?? country;
}
