import type { Address } from '@plinth/contracts';
import type { BillingDocument } from '../document.ts';
import { renderEndpoint } from './endpoint.ts';
import type { UblProfile } from './profile.ts';
import { group, text, type Element } from './xml.ts';

interface Party {
  readonly name: string;
  readonly email: string | undefined;
  readonly address: Address | undefined;
  readonly taxId: string | undefined;
  readonly registration: string | undefined;
  readonly phone?: string | undefined;
  readonly endpoint: Element[];
  readonly hasContact: boolean;
}

/** The issuer (BG-4). `showsTaxId` is false where no tax applies at all: then it must not be named (BR-O-02). */
export function renderSeller({ issuer }: BillingDocument, profile: UblProfile, showsTaxId: boolean): Element[] {
  const { name, email, address, taxId, registration, phone } = issuer;
  const shown = showsTaxId ? taxId : undefined;
  return group(
    'cac:AccountingSupplierParty',
    renderParty({
      name,
      email,
      address,
      taxId: shown,
      registration,
      phone,
      endpoint: renderEndpoint({ email, taxId }, profile),
      hasContact: true,
    }),
  );
}

/** Who pays (BG-7). */
export function renderBuyer({ customer }: BillingDocument, profile: UblProfile, showsTaxId: boolean): Element[] {
  const { billing } = customer;
  const email = billing.email ?? customer.email ?? undefined;
  return group(
    'cac:AccountingCustomerParty',
    renderParty({
      name: billing.name ?? customer.name,
      email,
      address: billing.address,
      taxId: showsTaxId ? billing.taxId : undefined,
      registration: undefined,
      endpoint: renderEndpoint({ email, taxId: billing.taxId }, profile),
      hasContact: false,
    }),
  );
}

function renderParty({ name, email, address, taxId, registration, phone, endpoint, hasContact }: Party): Element[] {
  return group(
    'cac:Party',
    endpoint,
    group('cac:PartyName', text('cbc:Name', name)),
    renderAddress(address, 'cac:PostalAddress'),
    taxId === undefined
      ? []
      : group(
          'cac:PartyTaxScheme',
          text('cbc:CompanyID', taxId.replaceAll(/[\s.]/g, '')),
          group('cac:TaxScheme', text('cbc:ID', 'VAT')),
        ),
    group('cac:PartyLegalEntity', text('cbc:RegistrationName', name), text('cbc:CompanyID', registration)),
    hasContact
      ? group('cac:Contact', text('cbc:Name', name), text('cbc:Telephone', phone), text('cbc:ElectronicMail', email))
      : [],
  );
}

/** An address under the name that it has where it stands. */
export function renderAddress(address: Address | undefined, name: 'cac:PostalAddress' | 'cac:Address'): Element[] {
  if (address === undefined) return [];
  return group(
    name,
    text('cbc:StreetName', address.line1),
    text('cbc:AdditionalStreetName', address.line2),
    text('cbc:CityName', address.city),
    text('cbc:PostalZone', address.postalCode),
    text('cbc:CountrySubentity', address.region),
    group('cac:Country', text('cbc:IdentificationCode', address.country)),
  );
}
