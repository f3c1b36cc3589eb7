import {
  meteringContract,
  subscriptionContract,
  type ContractFunctions,
  type productContract,
} from '@plinth/contracts';
import {
  createTenantData,
  Database,
  IdempotencyInterceptor,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { CatalogueController } from './catalogue/catalogue.controller.ts';
import { CatalogueService } from './catalogue/catalogue.service.ts';
import { CouponController } from './coupon/coupon.controller.ts';
import { CouponService } from './coupon/coupon.service.ts';
import { FamilyController } from './family/family.controller.ts';
import { FamilyService } from './family/family.service.ts';
import { FeatureController } from './feature/feature.controller.ts';
import { FeatureService } from './feature/feature.service.ts';
import { MeterService } from './meter/meter.service.ts';
import { PlanComposition } from './plan/plan-composition.service.ts';
import { PlanController } from './plan/plan.controller.ts';
import { PlanService } from './plan/plan.service.ts';
import { PreviewController } from './preview/preview.controller.ts';
import { PreviewService } from './preview/preview.service.ts';
import { PriceController } from './price/price.controller.ts';
import { PriceService } from './price/price.service.ts';
import { ProductController } from './product/product.controller.ts';
import { ProductService } from './product/product.service.ts';
import { tenantTables } from './tenant-tables.ts';

class ProductAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock, contracts }: ServiceDependencies): Promise<ServiceInstance> {
  const products = new ProductService(database, clock);
  const features = new FeatureService(database, clock, products);
  const families = new FamilyService(database, clock);
  const meters = new MeterService(contracts.client(meteringContract));
  const composition = new PlanComposition(features, families);
  const plans = new PlanService({ database, clock, products, meters, composition });
  const coupons = new CouponService(database, clock, plans);
  const catalogue = new CatalogueService({ database, clock, products, features, families, plans, coupons, meters });
  const previews = new PreviewService(plans, contracts.client(subscriptionContract));
  const prices = new PriceService(database, plans);
  const contract: ContractFunctions<typeof productContract> = {
    ...createTenantData({ database, tables: tenantTables }),
    findPlanVersion: async ({ tenantId, planId, version, currency }) =>
      (await plans.findVersion(tenantId, planId, version, currency)) ?? null,
    findCoupon: async ({ tenantId, code }) => (await coupons.findByCode(tenantId, code)) ?? null,
  };
  const controllers = [
    CatalogueController,
    ProductController,
    FeatureController,
    FamilyController,
    PlanController,
    PreviewController,
    PriceController,
    CouponController,
  ];
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
        { provide: FamilyService, useValue: families },
        { provide: CouponService, useValue: coupons },
        { provide: CatalogueService, useValue: catalogue },
        { provide: PreviewService, useValue: previews },
        IdempotencyInterceptor,
      ],
    },
  };
}
