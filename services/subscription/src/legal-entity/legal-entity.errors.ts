import { DomainError } from '@plinth/common';

export class LegalEntityInUseError extends DomainError {
  readonly code = 'legal_entity.in_use';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`Legal entity ${id} has invoices or is the default one, and stays.`);
  }
}

export class TaxServiceMissingError extends DomainError {
  readonly code = 'legal_entity.tax_service_missing';
  readonly kind = 'conflict';
  constructor() {
    super('No external tax service is configured.', {
      suggestion: 'Set SUBSCRIPTION_TAX_SERVICE_URL, or use the tax provider "rates".',
    });
  }
}
