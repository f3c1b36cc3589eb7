import type { PlanVersion } from '@plinth/contracts';
import {
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { FeatureService } from '../feature/feature.service.ts';
import type { ProductService } from '../product/product.service.ts';
import type { NewPlan, NewPlanVersion, PlanChange } from './plan.dto.ts';
import { PlanArchivedError } from './plan.errors.ts';
import { checkEntitlements, type Plan } from './plan.ts';
import * as store from './plan.store.ts';

/** Keeps plans and their versions. */
export class PlanService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #products: ProductService;
  readonly #features: FeatureService;

  constructor(database: Database, clock: Clock, products: ProductService, features: FeatureService) {
    this.#database = database;
    this.#clock = clock;
    this.#products = products;
    this.#features = features;
  }

  async create(tenantId: string, input: NewPlan): Promise<Plan> {
    const now = this.#clock.now();
    const plan: Plan = {
      ...input,
      id: newId(now.getTime()),
      archived: false,
      planVersion: 1,
      prices: toPrices(input),
      entitlements: input.entitlements ?? [],
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      await this.#products.assertOpen(transaction, plan.productId);
      await store.insertPlan(transaction, plan, await this.#resolveFeatures(transaction, plan));
      transaction.audit({ action: 'plan.created', resourceType: 'plan', resourceId: plan.id, after: plan });
      return plan;
    });
  }

  /** Publishes the next version. Two at the same time get consecutive numbers. */
  async publishVersion(tenantId: string, id: string, content: NewPlanVersion): Promise<Plan> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await this.#getForUpdate(transaction, id);
      if (before.archived) throw new PlanArchivedError(id);
      const after: Plan = {
        ...before,
        planVersion: before.planVersion + 1,
        currency: content.currency ?? before.currency,
        period: content.period ?? before.period,
        prices: toPrices(content),
        entitlements: content.entitlements ?? before.entitlements,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await store.insertVersion(transaction, after, await this.#resolveFeatures(transaction, after));
      await store.updatePlan(transaction, after);
      transaction.audit({ action: 'plan.version_published', resourceType: 'plan', resourceId: id, before, after });
      return after;
    });
  }

  /** The plan in its newest version. */
  async get(tenantId: string, id: string): Promise<Plan> {
    const plan = await this.#find(tenantId, id);
    if (plan === undefined) throw new NotFoundError('plan', id);
    return plan;
  }

  async getVersion(tenantId: string, id: string, planVersion: number): Promise<Plan> {
    const plan = await this.#find(tenantId, id, planVersion);
    if (plan === undefined) throw new NotFoundError('plan version', `${id}/${planVersion}`);
    return plan;
  }

  /** For the contract: what a subscription is sold under. */
  async findVersion(tenantId: string, id: string, planVersion: number | undefined): Promise<PlanVersion | undefined> {
    const plan = await this.#find(tenantId, id, planVersion);
    if (plan === undefined) return undefined;
    const { currency, period, prices, archived } = plan;
    return {
      planId: plan.id,
      planKey: plan.key,
      planName: plan.name,
      version: plan.planVersion,
      currency,
      period,
      prices: [...prices],
      archived,
    };
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Plan>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listPlans(transaction, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (plan) => [plan.id],
      (plan) => plan,
    );
  }

  /** The plan in all of its versions, the newest first. */
  async listVersions(tenantId: string, id: string, limit: number, cursor: string | undefined): Promise<Page<Plan>> {
    const before = decodeCursor(cursor, z.tuple([z.int32()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listVersions(transaction, id, limit + 1, before),
    );
    // Every plan has a version, so that a first page without any tells that there is no such plan.
    if (rows.length === 0 && before === undefined) throw new NotFoundError('plan', id);
    return toPage(
      rows,
      limit,
      (plan) => [plan.planVersion],
      (plan) => plan,
    );
  }

  async update(tenantId: string, id: string, change: PlanChange, ifMatch: number | undefined): Promise<Plan> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await this.#getForUpdate(transaction, id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      if (change.name === undefined && change.archived === undefined) return before;
      const after: Plan = {
        ...before,
        name: change.name ?? before.name,
        archived: change.archived ?? before.archived,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await store.updatePlan(transaction, after);
      transaction.audit({ action: 'plan.updated', resourceType: 'plan', resourceId: id, before, after });
      return after;
    });
  }

  async #find(tenantId: string, id: string, planVersion?: number): Promise<Plan | undefined> {
    return this.#database.transaction(tenantId, (transaction) => store.findPlan(transaction, id, planVersion));
  }

  async #getForUpdate(transaction: Transaction, id: string): Promise<Plan> {
    // Read after the lock is held: the statement that waited for it still sees the version before.
    await store.lockPlan(transaction, id);
    const plan = await store.findPlan(transaction, id);
    if (plan === undefined) throw new NotFoundError('plan', id);
    return plan;
  }

  /** The features that the plan's entitlements name; throws when one of them does not fit. */
  async #resolveFeatures(transaction: Transaction, plan: Plan): Promise<store.FeaturesByKey> {
    const features = await this.#features.resolveKeys(
      transaction,
      plan.entitlements.map((entitlement) => entitlement.feature),
    );
    const faults = checkEntitlements(plan.entitlements, features, plan.productId);
    if (faults.length > 0) throw new InvalidInputError(faults);
    return features;
  }
}

function toPrices(content: NewPlanVersion): Plan['prices'] {
  return content.prices.map((price) => ({ id: newId(), ...price }));
}
