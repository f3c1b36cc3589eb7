import type { Transaction } from '@plinth/common';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import type { TaxRateService } from '../tax/tax-rate.service.ts';
import type { IssuingRules } from './compose-invoice.ts';

/** Reads who issues invoices and which taxes they charge. */
export class IssuingRulesService {
  readonly #entities: LegalEntityService;
  readonly #rates: TaxRateService;
  constructor(entities: LegalEntityService, rates: TaxRateService) {
    this.#entities = entities;
    this.#rates = rates;
  }

  async loadIn(transaction: Transaction): Promise<IssuingRules> {
    const [entities, rates] = await Promise.all([this.#entities.loadIn(transaction), this.#rates.loadIn(transaction)]);
    return { entities, rates };
  }
}
