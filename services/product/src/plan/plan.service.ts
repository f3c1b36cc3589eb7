import { checkPriceModel, type InputFault, type PlanVersion } from '@plinth/contracts';
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
} from '@plinth/common';
import { z } from 'zod';
import type { PlanContent } from './plan.dto.ts';
import type { Plan } from './plan.ts';
import * as store from './plan.store.ts';

export interface NewPlan extends PlanContent {
  readonly key: string;
  readonly name: string;
  readonly productId: string;
}

/** Keeps plans and their versions. */
export class PlanService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async create(tenantId: string, input: NewPlan): Promise<Plan> {
    assertPrices(input);
    const now = this.#clock.now();
    const { currency, period, productId, key, name } = input;
    const plan: Plan = {
      id: newId(now.getTime()),
      productId,
      key,
      name,
      archived: false,
      planVersion: 1,
      currency,
      period,
      prices: toPrices(input),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.insertPlan(transaction, plan);
      transaction.audit({ action: 'plan.created', resourceType: 'plan', resourceId: plan.id, after: plan });
      return plan;
    });
  }

  /** Publishes the next version. Two at the same time get consecutive numbers. */
  async publishVersion(tenantId: string, id: string, content: PlanContent): Promise<Plan> {
    assertPrices(content);
    const now = this.#clock.now();
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.lockPlan(transaction, id);
      const before = await store.findPlan(transaction, id);
      if (before === undefined) throw new NotFoundError('plan', id);
      const after: Plan = {
        ...before,
        planVersion: before.planVersion + 1,
        currency: content.currency,
        period: content.period,
        prices: toPrices(content),
        version: before.version + 1,
        updatedAt: now,
      };
      await store.insertVersion(transaction, after, now);
      await store.updatePlan(transaction, after);
      transaction.audit({ action: 'plan.version_published', resourceType: 'plan', resourceId: id, before, after });
      return after;
    });
  }

  /** The plan in its newest version, or in the given one. */
  async get(tenantId: string, id: string, planVersion?: number): Promise<Plan> {
    const plan = await this.#find(tenantId, id, planVersion);
    if (plan === undefined) throw new NotFoundError('plan', id);
    return plan;
  }

  /** For the contract: what a subscription is sold under. */
  async findVersion(tenantId: string, id: string, planVersion: number | undefined): Promise<PlanVersion | undefined> {
    const plan = await this.#find(tenantId, id, planVersion);
    if (plan === undefined) return undefined;
    const { currency, period, prices } = plan;
    return {
      planId: plan.id,
      planKey: plan.key,
      planName: plan.name,
      version: plan.planVersion,
      currency,
      period,
      prices: [...prices],
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

  async update(
    tenantId: string,
    id: string,
    change: { name?: string | undefined; archived?: boolean | undefined },
    ifMatch: number | undefined,
  ): Promise<Plan> {
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.lockPlan(transaction, id);
      const before = await store.findPlan(transaction, id);
      if (before === undefined) throw new NotFoundError('plan', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
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

  async #find(tenantId: string, id: string, planVersion: number | undefined): Promise<Plan | undefined> {
    return this.#database.transaction(tenantId, (transaction) => store.findPlan(transaction, id, planVersion));
  }
}

function toPrices(content: PlanContent): Plan['prices'] {
  return content.prices.map((price) => ({ id: newId(), ...price }));
}

function assertPrices(content: PlanContent): void {
  const keys = new Set<string>();
  const faults: InputFault[] = content.prices.flatMap((price, index) => {
    const repeated = keys.has(price.key)
      ? [{ path: `/prices/${index}/key`, message: 'is the key of another price of this plan' }]
      : [];
    keys.add(price.key);
    return [...repeated, ...checkPriceModel(price.model, `/prices/${index}/model`)];
  });
  if (faults.length > 0) throw new InvalidInputError(faults);
}
