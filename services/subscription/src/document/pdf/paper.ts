import type { DocumentIssuer } from '../document.ts';

// Countries whose printers hold Letter (CLDR, paperSize).
const letterCountries = new Set(['BZ', 'CA', 'CL', 'CO', 'CR', 'GT', 'MX', 'NI', 'PA', 'PH', 'PR', 'SV', 'US', 'VE']);

/** The paper of the issuer's country. */
export function paperOf({ address }: DocumentIssuer): 'A4' | 'LETTER' {
  return address !== undefined && letterCountries.has(address.country) ? 'LETTER' : 'A4';
}
