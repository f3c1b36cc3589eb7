import type { MeterDimensions } from '@plinth/contracts';
import { newId, type Clock, type Database, type Transaction } from '@plinth/common';
import type { CouponService } from '../coupon/coupon.service.ts';
import type { FamilyService } from '../family/family.service.ts';
import { assertSound } from '../faults.ts';
import type { FeatureService } from '../feature/feature.service.ts';
import type { MeterService } from '../meter/meter.service.ts';
import type { PlanService } from '../plan/plan.service.ts';
import type { ProductService } from '../product/product.service.ts';
import type { CatalogueDocument } from './catalogue.dto.ts';
import { lockCatalogue } from './catalogue.store.ts';
import type { Catalogue, ImportStep } from './catalogue.ts';
import { describeCatalogue } from './describe-catalogue.ts';
import { planImport, type ImportOptions } from './plan-import.ts';

export interface CatalogueServiceDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly products: ProductService;
  readonly features: FeatureService;
  readonly families: FamilyService;
  readonly plans: PlanService;
  readonly coupons: CouponService;
  readonly meters: MeterService;
}

/** Exports and imports the catalogue of a tenant as one file. */
export class CatalogueService {
  readonly #own: CatalogueServiceDependencies;
  constructor(dependencies: CatalogueServiceDependencies) {
    this.#own = dependencies;
  }

  /** The catalogue as a file. */
  async describe(tenantId: string): Promise<CatalogueDocument> {
    return describeCatalogue(await this.#own.database.transaction(tenantId, (transaction) => this.#load(transaction)));
  }

  /** What an import of the file would do; the same faults as the import. */
  async preview(tenantId: string, document: CatalogueDocument, options: ImportOptions): Promise<readonly ImportStep[]> {
    const meters = await this.#loadMeters(tenantId, document);
    return this.#own.database.transaction(tenantId, (transaction) =>
      this.#plan(transaction, document, { ...options, meters }),
    );
  }

  /** Makes the catalogue what the file says, in one transaction, and tells what it did. */
  async import(tenantId: string, document: CatalogueDocument, options: ImportOptions): Promise<readonly ImportStep[]> {
    const meters = await this.#loadMeters(tenantId, document);
    return this.#own.database.transaction(tenantId, async (transaction) => {
      await lockCatalogue(transaction);
      const steps = await this.#plan(transaction, document, { ...options, meters });
      for (const step of steps) await this.#execute(transaction, step);
      return steps;
    });
  }

  async #load(transaction: Transaction): Promise<Catalogue> {
    const { products, features, families, plans, coupons } = this.#own;
    return {
      products: await products.listAll(transaction),
      features: await features.listAll(transaction),
      families: await families.listAll(transaction),
      plans: await plans.listAll(transaction),
      coupons: await coupons.listAll(transaction),
    };
  }

  async #loadMeters(tenantId: string, { plans }: CatalogueDocument): Promise<MeterDimensions> {
    return this.#own.meters.loadDimensions(
      tenantId,
      plans.flatMap(({ prices }) => prices),
    );
  }

  async #plan(
    transaction: Transaction,
    document: CatalogueDocument,
    { meters, ...options }: ImportOptions & { readonly meters: MeterDimensions },
  ): Promise<readonly ImportStep[]> {
    const now = this.#own.clock.now();
    const stamp = { now, newId: () => newId(now.getTime()) };
    const named = new Set(document.coupons.flatMap(({ prices }) => prices ?? []));
    const priceKeys = await this.#own.plans.resolvePriceKeys(transaction, [...named]);
    const base = { ...(await this.#load(transaction)), priceKeys, meters };
    const { steps, faults } = planImport(base, document, stamp, options);
    assertSound(faults);
    return steps;
  }

  async #execute(transaction: Transaction, step: ImportStep): Promise<void> {
    if (step.action === 'unchanged') return;
    const { products, features, families, plans, coupons } = this.#own;
    switch (step.resource) {
      case 'product':
        return step.before
          ? products.change(transaction, step.before, step.after)
          : products.add(transaction, step.after);
      case 'feature':
        return step.before
          ? features.change(transaction, step.before, step.after)
          : features.add(transaction, step.after);
      case 'plan_family':
        return step.before
          ? families.change(transaction, step.before, step.after)
          : families.add(transaction, step.after);
      case 'plan':
        if (step.before === undefined) return plans.add(transaction, step.after);
        return step.action === 'version_published'
          ? plans.addVersion(transaction, step.before, step.after)
          : plans.change(transaction, step.before, step.after);
      case 'coupon':
        return step.before
          ? coupons.change(transaction, step.before, step.after)
          : coupons.add(transaction, step.after);
    }
  }
}
