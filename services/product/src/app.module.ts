import type { ContractFunctions, productContract } from '@plinth/contracts';
import {
  createTenantData,
  Database,
  IdempotencyInterceptor,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { FeatureController } from './feature/feature.controller.ts';
import { FeatureService } from './feature/feature.service.ts';
import { PlanController } from './plan/plan.controller.ts';
import { PlanService } from './plan/plan.service.ts';
import { PriceController } from './price/price.controller.ts';
import { PriceService } from './price/price.service.ts';
import { ProductController } from './product/product.controller.ts';
import { ProductService } from './product/product.service.ts';
import { tenantTables } from './tenant-tables.ts';

class ProductAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock }: ServiceDependencies): Promise<ServiceInstance> {
  const products = new ProductService(database, clock);
  const features = new FeatureService(database, clock, products);
  const plans = new PlanService(database, clock, products, features);
  const prices = new PriceService(database, plans);
  const contract: ContractFunctions<typeof productContract> = {
    ...createTenantData({ database, tables: tenantTables }),
    findPlanVersion: async ({ tenantId, planId, version }) =>
      (await plans.findVersion(tenantId, planId, version)) ?? null,
  };
  const controllers = [ProductController, FeatureController, PlanController, PriceController];
  return {
    controllers,
    contract,
    module: {
      module: ProductAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: ProductService, useValue: products },
        { provide: FeatureService, useValue: features },
        { provide: PlanService, useValue: plans },
        { provide: PriceService, useValue: prices },
        IdempotencyInterceptor,
      ],
    },
  };
}
