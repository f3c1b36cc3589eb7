import type { LegalEntity } from '../legal-entity/legal-entity.ts';
import type { DocumentIssuer } from './document.ts';

/**
 * The issuer as it was when a document became final. What had not been filled in by then is as it is now, so that what
 * is missing can be supplied; what had been stays.
 */
export function toIssuer(issued: LegalEntity, now: LegalEntity, tenantName: string): DocumentIssuer {
  const then = withoutEmpty(issued);
  const { name, address, taxId, registration, email, phone, bank, footer } = { ...withoutEmpty(now), ...then };
  return {
    // The legal entity that every tenant has carries no name of its own until it is given one.
    name: name ?? tenantName,
    address,
    taxId,
    registration,
    email,
    phone,
    footer,
    ...(bank === undefined
      ? {}
      : {
          bank: {
            holder: bank.holder,
            iban: bank.iban,
            bic: bank.bic ?? undefined,
            bankName: bank.bankName ?? undefined,
          },
        }),
  };
}

type Known = { readonly [Key in keyof LegalEntity]?: Exclude<LegalEntity[Key], null> };

function withoutEmpty(entity: LegalEntity): Known {
  const known = Object.entries(entity).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries(known) as Known;
}
