import type { ContractFunctions, accountContract, meteringContract, productContract } from '@plinth/contracts';
import type { Clock, ServiceDependencies } from '@plinth/common';
import { CouponController } from './coupon/coupon.controller.ts';
import { CouponService } from './coupon/coupon.service.ts';
import { CreditMovements } from './credit/credit-movement.service.ts';
import { CreditNoteController } from './credit-note/credit-note.controller.ts';
import { CreditNoteService } from './credit-note/credit-note.service.ts';
import { DraftCalculation } from './invoice/draft-calculation.service.ts';
import { DraftEditingController } from './invoice/draft-editing.controller.ts';
import { DraftEditing } from './invoice/draft-editing.service.ts';
import { DraftCompletion } from './invoice/draft-completion.service.ts';
import { InvoiceController } from './invoice/invoice.controller.ts';
import { InvoiceService } from './invoice/invoice.service.ts';
import { IssuingRulesService } from './invoice/issuing-rules.service.ts';
import { BatchRating } from './invoice-run/batch-rating.service.ts';
import { InvoiceRunController } from './invoice-run/invoice-run.controller.ts';
import { InvoiceRunService } from './invoice-run/invoice-run.service.ts';
import { EndedUsageBilling } from './late-usage/ended-usage.service.ts';
import { LateUsage } from './late-usage/late-usage.service.ts';
import { LegalEntityController } from './legal-entity/legal-entity.controller.ts';
import { LegalEntityService } from './legal-entity/legal-entity.service.ts';
import { OneOffChargeController } from './one-off/one-off-charge.controller.ts';
import { OneOffChargeService } from './one-off/one-off-charge.service.ts';
import { DueSubscriptions } from './subscription/due-subscriptions.service.ts';
import type { SubscriptionService } from './subscription/subscription.service.ts';
import { ExternalTaxService } from './tax/external-tax.service.ts';
import { ThresholdController } from './threshold/threshold.controller.ts';
import { ThresholdBilling } from './threshold/threshold-billing.service.ts';
import { TaxRateController } from './tax/tax-rate.controller.ts';
import { TaxRateService } from './tax/tax-rate.service.ts';

export interface InvoicingDependencies extends Pick<ServiceDependencies, 'database' | 'clock' | 'log' | 'environment'> {
  readonly subscriptions: Pick<SubscriptionService, 'getSubscription'>;
  readonly account: ContractFunctions<typeof accountContract>;
  readonly metering: ContractFunctions<typeof meteringContract>;
  readonly product: ContractFunctions<typeof productContract>;
}

/** Puts together all that makes invoices, with its controllers and what they are given. */
export function createInvoicing(dependencies: InvoicingDependencies) {
  const { database, clock, log, account, metering, product, subscriptions } = dependencies;
  const taxService = createTaxService(dependencies.environment);
  const entities = new LegalEntityService({ database, clock, hasTaxService: taxService !== undefined });
  const rates = new TaxRateService(database, clock, entities);
  const rules = new IssuingRulesService(entities, rates);
  const coupons = new CouponService({ database, clock, account, product, subscriptions });
  /** What writes invoices and completes them, by a clock: a preview does it as of the day on which they fall due. */
  const createWriting = (time: Clock) => {
    const credits = new CreditMovements(time);
    const invoices = new InvoiceService(database, time, credits);
    const calculation = new DraftCalculation(rules, coupons, time);
    const completion = new DraftCompletion({ database, clock: time, log, calculation, rules, credits, taxService });
    const charges = new OneOffChargeService({ database, clock: time, account, invoices, rules, completion });
    return { credits, invoices, calculation, completion, charges };
  };
  const { credits, invoices, calculation, completion, charges } = createWriting(clock);
  const editing = new DraftEditing({ database, clock, calculation, charges });
  const creditNotes = new CreditNoteService({ database, clock, invoices, entities });
  const due = new DueSubscriptions();
  const lateUsage = new LateUsage({ database, clock, metering });
  const rating = new BatchRating({ database, clock, log, invoices, due, coupons, lateUsage, metering, account });
  const thresholds = new ThresholdBilling({ database, clock, log, invoices, due, subscriptions, rating });
  const endedUsage = new EndedUsageBilling({ database, clock, log, invoices, due, subscriptions, rating });
  const runs = new InvoiceRunService({
    database,
    clock,
    invoices,
    due,
    rating,
    rules,
    charges,
    completion,
    lateUsage,
    thresholds,
    endedUsage,
  });
  return {
    credits,
    invoices,
    entities,
    creditNotes,
    charges,
    coupons,
    editing,
    runs,
    rating,
    rules,
    createWriting,
    due,
    completion,
    controllers: [
      InvoiceRunController,
      OneOffChargeController,
      InvoiceController,
      DraftEditingController,
      LegalEntityController,
      TaxRateController,
      CouponController,
      CreditNoteController,
      ThresholdController,
    ],
    providers: [
      { provide: InvoiceService, useValue: invoices },
      { provide: DraftCompletion, useValue: completion },
      { provide: ThresholdBilling, useValue: thresholds },
      { provide: InvoiceRunService, useValue: runs },
      { provide: LegalEntityService, useValue: entities },
      { provide: TaxRateService, useValue: rates },
      { provide: CouponService, useValue: coupons },
      { provide: CreditNoteService, useValue: creditNotes },
      { provide: OneOffChargeService, useValue: charges },
    ],
  };
}

function createTaxService(environment: ServiceDependencies['environment']): ExternalTaxService | undefined {
  const url = environment.findString('SUBSCRIPTION_TAX_SERVICE_URL');
  if (url === undefined) return undefined;
  return new ExternalTaxService({
    url,
    token: environment.findSecret('SUBSCRIPTION_TAX_SERVICE_TOKEN'),
    timeoutMs: environment.getInteger('SUBSCRIPTION_TAX_SERVICE_TIMEOUT'),
  });
}
