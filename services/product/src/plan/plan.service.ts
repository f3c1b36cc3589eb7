import type { PlanVersion } from '@plinth/contracts';
import {
  decodeCursor,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { FamilyMember } from '../family/family.ts';
import type { MeterService } from '../meter/meter.service.ts';
import type { ProductService } from '../product/product.service.ts';
import type { KnownPlan } from './check-places.ts';
import { compareTerms, type TermsChange } from './compare-terms.ts';
import { describeTerms } from './describe-terms.ts';
import type { CompositionFacts, PlanComposition } from './plan-composition.service.ts';
import type { NewPlan, NewPlanVersion, PlanChange } from './plan.dto.ts';
import { resolveVersion, type Plan } from './plan.ts';
import * as store from './plan.store.ts';

export interface PlanServiceDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly products: ProductService;
  readonly meters: MeterService;
  readonly composition: PlanComposition;
}

/** Keeps plans and their versions. */
export class PlanService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #products: ProductService;
  readonly #meters: MeterService;
  readonly #composition: PlanComposition;

  constructor({ database, clock, products, meters, composition }: PlanServiceDependencies) {
    this.#database = database;
    this.#clock = clock;
    this.#products = products;
    this.#meters = meters;
    this.#composition = composition;
  }

  async create(tenantId: string, input: NewPlan): Promise<Plan> {
    const facts = await this.#loadFacts(tenantId, input);
    return this.#database.transaction(tenantId, async (transaction) => {
      await this.#products.assertOpen(transaction, input.productId);
      const plan = await this.#composition.composePlan(transaction, input, facts);
      await this.add(transaction, plan);
      return plan;
    });
  }

  /** Publishes the next version. Two at the same time get consecutive numbers. */
  async publishVersion(tenantId: string, id: string, content: NewPlanVersion): Promise<Plan> {
    const facts = await this.#loadFacts(tenantId, content);
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await this.#getForUpdate(transaction, id);
      const after = await this.#composition.composeVersion(transaction, before, content, facts);
      await this.addVersion(transaction, before, after);
      return after;
    });
  }

  /** The version that publishing would make of the content, with the same faults; nothing is written. */
  async composeVersion(tenantId: string, id: string, content: NewPlanVersion): Promise<Plan> {
    const facts = await this.#loadFacts(tenantId, content);
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findPlan(transaction, id);
      if (before === undefined) throw new NotFoundError('plan', id);
      return this.#composition.composeVersion(transaction, before, content, facts);
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

  /** In what the version `to` differs from the version `from`. */
  async compareVersions(tenantId: string, id: string, from: number, to: number): Promise<TermsChange[]> {
    const [before, after] = [await this.getVersion(tenantId, id, from), await this.getVersion(tenantId, id, to)];
    return compareTerms(describeTerms(before), describeTerms(after));
  }

  /** For the contract: what a subscription is sold under; undefined when it is not sold in the currency. */
  async findVersion(
    tenantId: string,
    id: string,
    planVersion: number | undefined,
    currency: string | undefined,
  ): Promise<PlanVersion | undefined> {
    const plan = await this.#find(tenantId, id, planVersion);
    return plan && resolveVersion(plan, currency);
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

  /** The plans of a family in the order of their ranks. */
  async listOfFamily(tenantId: string, familyId: string): Promise<FamilyMember[]> {
    return this.#database.transaction(tenantId, (transaction) => store.listPlansOfFamily(transaction, familyId));
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
      if (Object.values(change).every((value) => value === undefined)) return before;
      const after: Plan = {
        ...before,
        name: change.name ?? before.name,
        archived: change.archived ?? before.archived,
        family:
          change.family === undefined
            ? before.family
            : await this.#composition.place(transaction, before, change.family),
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await this.change(transaction, before, after);
      return after;
    });
  }

  /** Every plan in its newest version. */
  async listAll(transaction: Transaction): Promise<Plan[]> {
    return store.listPlans(transaction, null, undefined);
  }

  /** Writes a plan that has been checked, with its first version. */
  async add(transaction: Transaction, plan: Plan): Promise<void> {
    await store.insertPlan(transaction, plan);
    transaction.audit({ action: 'plan.created', resourceType: 'plan', resourceId: plan.id, after: plan });
  }

  /** Writes the next version of a plan, which has been checked. */
  async addVersion(transaction: Transaction, before: Plan, after: Plan): Promise<void> {
    await store.insertVersion(transaction, after);
    await store.updatePlan(transaction, after);
    const entry = { resourceType: 'plan', resourceId: after.id, before, after };
    transaction.audit({ action: 'plan.version_published', ...entry });
  }

  /** Writes what a plan is beside its versions. */
  async change(transaction: Transaction, before: Plan, after: Plan): Promise<void> {
    await store.updatePlan(transaction, after);
    transaction.audit({ action: 'plan.updated', resourceType: 'plan', resourceId: after.id, before, after });
  }

  /** The plans with these keys, as a reference to them needs to know them. */
  async resolveKeys(transaction: Transaction, keys: readonly string[]): Promise<ReadonlyMap<string, KnownPlan>> {
    const plans = keys.length === 0 ? [] : await store.listKnownPlans(transaction, keys);
    return new Map(plans.map((plan) => [plan.key, plan]));
  }

  /** Those of the keys that some version of some plan has a price under. */
  async resolvePriceKeys(transaction: Transaction, keys: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(keys.length === 0 ? [] : await store.listPriceKeys(transaction, keys));
  }

  async #loadFacts(tenantId: string, { prices }: Pick<NewPlanVersion, 'prices'>): Promise<CompositionFacts> {
    return { meters: await this.#meters.loadDimensions(tenantId, prices), now: this.#clock.now() };
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
}
