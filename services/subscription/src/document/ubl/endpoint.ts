import type { UblProfile } from './profile.ts';
import { text, type Element } from './xml.ts';

/** Schemes of VAT numbers by their prefix (Peppol code list of electronic address schemes, version 9). */
const vatSchemes: Readonly<Record<string, string>> = {
  AT: '9914',
  BE: '9925',
  BG: '9926',
  CH: '9927',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SI: '9949',
  SK: '9950',
};

export interface Addressee {
  readonly email: string | undefined;
  readonly taxId: string | undefined;
}

/** Where a document is sent: the VAT number in Peppol, whose directory knows no e-mail addresses; e-mail elsewhere. */
export function findEndpoint(
  { email, taxId }: Addressee,
  profile: UblProfile,
): { scheme: string; id: string } | undefined {
  if (profile !== 'peppol') return email === undefined ? undefined : { scheme: 'EM', id: email };
  const id = taxId?.replaceAll(/[\s.]/g, '') ?? '';
  const scheme = vatSchemes[id.slice(0, 2)];
  return scheme === undefined ? undefined : { scheme, id };
}

export function renderEndpoint(addressee: Addressee, profile: UblProfile): Element[] {
  const endpoint = findEndpoint(addressee, profile);
  return endpoint === undefined ? [] : text('cbc:EndpointID', endpoint.id, { schemeID: endpoint.scheme });
}
