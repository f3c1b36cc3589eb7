import { decodeCursor, NotFoundError, toPage, type Database, type Page } from '@plinth/common';
import { z } from 'zod';
import type { PlanService } from '../plan/plan.service.ts';
import type { PlanPrice } from './price.ts';
import * as store from './price.store.ts';

/** Shows the prices of plans by themselves. */
export class PriceService {
  readonly #database: Database;
  readonly #plans: PlanService;

  constructor(database: Database, plans: PlanService) {
    this.#database = database;
    this.#plans = plans;
  }

  /** The price, also of a version that is not the newest. */
  async get(tenantId: string, id: string): Promise<PlanPrice> {
    const price = await this.#database.transaction(tenantId, (transaction) => store.findPrice(transaction, id));
    if (price === undefined) throw new NotFoundError('price', id);
    return price;
  }

  /** The prices of the plans' newest versions. */
  async list(
    tenantId: string,
    selection: store.PriceSelection,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<PlanPrice>> {
    const place = decodeCursor(cursor, z.tuple([z.uuid(), z.int32()]));
    const after = place && { planId: place[0], position: place[1] };
    return this.#database.transaction(tenantId, async (transaction) => {
      if (selection.planId !== undefined) await this.#plans.get(tenantId, selection.planId);
      const rows = await store.listPrices(transaction, selection, limit + 1, after);
      return toPage(
        rows,
        limit,
        (price) => [price.planId, price.position],
        (price) => price,
      );
    });
  }
}
