import { DomainError } from '@plinth/common';

export class DomainNotProvenError extends DomainError {
  readonly code = 'email_domain.not_proven';
  readonly kind = 'conflict';
  constructor(record: { readonly name: string; readonly value: string }) {
    super(`There is no TXT record ${record.name} with the value ${record.value}.`, {
      details: record,
      suggestion: 'Add it to the DNS of the domain; until it is seen everywhere can take an hour.',
    });
  }
}

export class PublicMailDomainError extends DomainError {
  readonly code = 'email_domain.public';
  readonly kind = 'invalid';
  constructor(domain: string) {
    super(`Anybody can have an address of ${domain}.`, { suggestion: "Name a domain of the organization's own." });
  }
}

export class DomainTakenError extends DomainError {
  readonly code = 'email_domain.taken';
  readonly kind = 'conflict';
  constructor(domain: string) {
    super(`Another tenant has proven that ${domain} is its own.`, {
      suggestion: 'It is removed there first.',
    });
  }
}
