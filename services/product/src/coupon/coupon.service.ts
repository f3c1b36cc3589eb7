import type { Coupon } from '@plinth/contracts';
import {
  decodeCursor,
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
import { assertSound } from '../faults.ts';
import type { PlanService } from '../plan/plan.service.ts';
import { codeSchema, type CouponChange, type NewCoupon } from './coupon.dto.ts';
import { checkKeys, toContract, type StoredCoupon } from './coupon.ts';
import * as store from './coupon.store.ts';

/** Keeps coupons. */
export class CouponService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #plans: PlanService;

  constructor(database: Database, clock: Clock, plans: PlanService) {
    this.#database = database;
    this.#clock = clock;
    this.#plans = plans;
  }

  async create(tenantId: string, input: NewCoupon): Promise<StoredCoupon> {
    const now = this.#clock.now();
    const coupon: StoredCoupon = {
      ...input,
      id: newId(now.getTime()),
      redeemableUntil: input.redeemableUntil === null ? null : new Date(input.redeemableUntil),
      archived: false,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      const plans = await this.#plans.resolveKeys(transaction, coupon.plans ?? []);
      const prices = await this.#plans.resolvePriceKeys(transaction, coupon.prices ?? []);
      assertSound([...checkKeys(coupon.plans, plans, 'plan'), ...checkKeys(coupon.prices, prices, 'price')]);
      await this.add(transaction, coupon);
      return coupon;
    });
  }

  async get(tenantId: string, id: string): Promise<StoredCoupon> {
    const coupon = await this.#database.transaction(tenantId, (transaction) => store.findCoupon(transaction, id));
    if (coupon === undefined) throw new NotFoundError('coupon', id);
    return coupon;
  }

  /** For the contract: the coupon that a customer means by what they typed. */
  async findByCode(tenantId: string, typed: string): Promise<Coupon | undefined> {
    const code = codeSchema.safeParse(typed);
    if (!code.success) return undefined;
    const coupon = await this.#database.transaction(tenantId, (transaction) =>
      store.findCouponByCode(transaction, code.data),
    );
    return coupon && toContract(coupon);
  }

  /** The tenant's coupons, or the one with a code. */
  async list(
    tenantId: string,
    code: string | undefined,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<StoredCoupon>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listCoupons(transaction, code, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (coupon) => [coupon.id],
      (coupon) => coupon,
    );
  }

  async update(tenantId: string, id: string, change: CouponChange, ifMatch: number | undefined): Promise<StoredCoupon> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findCoupon(transaction, id, true);
      if (before === undefined) throw new NotFoundError('coupon', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      if (change.name === undefined && change.archived === undefined) return before;
      const after: StoredCoupon = {
        ...before,
        name: change.name ?? before.name,
        archived: change.archived ?? before.archived,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await this.change(transaction, before, after);
      return after;
    });
  }

  /** Every coupon. */
  async listAll(transaction: Transaction): Promise<StoredCoupon[]> {
    return store.listCoupons(transaction, undefined, null, undefined);
  }

  async add(transaction: Transaction, coupon: StoredCoupon): Promise<void> {
    await store.insertCoupon(transaction, coupon);
    transaction.audit({ action: 'coupon.created', resourceType: 'coupon', resourceId: coupon.id, after: coupon });
  }

  async change(transaction: Transaction, before: StoredCoupon, after: StoredCoupon): Promise<void> {
    await store.updateCoupon(transaction, after);
    transaction.audit({ action: 'coupon.updated', resourceType: 'coupon', resourceId: after.id, before, after });
  }
}
