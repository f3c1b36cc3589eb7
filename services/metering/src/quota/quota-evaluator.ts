import { newId, PollingLoop, type Database, type Logger, type TenantClock, type Transaction } from '@plinth/common';
import type { AccountZones } from './account-zones.ts';
import { insertAlert } from './quota-alert.store.ts';
import type { QuotaStateService } from './quota-state.service.ts';
import { claimTouches, settleTouch, type QuotaTouch } from './quota-touch.store.ts';
import { isUsedUp, reachedAlerts, selectQuotas, type QuotaState } from './quota.ts';
import { listQuotasOf, saveWindow } from './quota.store.ts';

export interface QuotaEvaluatorOptions {
  readonly database: Database;
  readonly states: QuotaStateService;
  readonly zones: AccountZones;
  readonly clock: TenantClock;
  readonly log: Logger;
}

const LOOK_EVERY_MS = 1000;
const TOUCHES_PER_ROUND = 200;

/**
 * Compares usage with quotas after it was ingested, and raises alerts: each percentage once in a window. Usage leaves a
 * touch in its own transaction; alert, event and the end of the touch are one transaction too, so a crash loses none.
 */
export class QuotaEvaluator {
  readonly #options: QuotaEvaluatorOptions;
  #loop: PollingLoop | undefined;

  constructor(options: QuotaEvaluatorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = new PollingLoop({
      name: 'comparison of usage with quotas',
      everyMs: LOOK_EVERY_MS,
      log: this.#options.log,
      work: () => this.run(),
    });
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
  }

  /** Looks at what is due; true when there may be more. */
  async run(): Promise<boolean> {
    const { database, log } = this.#options;
    const touches = await database.platformTransaction((transaction) => claimTouches(transaction, TOUCHES_PER_ROUND));
    for (const touch of touches) {
      try {
        await this.#evaluate(touch);
      } catch (error) {
        const { tenantId, accountId } = touch;
        log.warn({ err: error, tenantId, accountId }, 'usage could not be compared with its quotas yet');
      }
    }
    return touches.length === TOUCHES_PER_ROUND;
  }

  async #evaluate(touch: QuotaTouch): Promise<void> {
    const { database, states, zones, clock } = this.#options;
    const { tenantId, accountId, meterId } = touch;
    const [zone, now] = await Promise.all([zones.find(tenantId, accountId), clock.nowOf(tenantId)]);
    await database.transaction(tenantId, async (transaction) => {
      const quotas = selectQuotas(await listQuotasOf(transaction, accountId));
      const touched = quotas.filter((quota) => quota.meterId === meterId);
      for (const state of await states.read(transaction, touched, { accountId, zone, now })) {
        const { quota, window, carried } = state;
        if (quota.rollOver !== null)
          await saveWindow(transaction, quota.id, accountId, { start: window.start, carried, limit: quota.limit });
        for (const percent of reachedAlerts(state)) await this.#raise(transaction, state, percent, now);
        if (isUsedUp(state)) await this.#raise(transaction, state, null, now);
      }
      await settleTouch(transaction, touch);
    });
  }

  /** Null: used up, and more is denied. */
  async #raise(transaction: Transaction, state: QuotaState, threshold: number | null, now: Date): Promise<void> {
    const { quota, accountId, window, used, limit, percent } = state;
    const id = newId(this.#options.clock.processNow().getTime());
    const alert = { id, quotaId: quota.id, accountId, threshold, used, limit, percent, firedAt: now };
    const isNew = await insertAlert(transaction, { ...alert, windowStart: window.start, windowEnd: window.end });
    if (!isNew) return;
    const data = {
      alertId: id,
      quotaId: quota.id,
      accountId,
      meter: quota.meter,
      feature: quota.feature,
      used,
      limit,
      percent,
      window: { start: window.start.toISOString(), end: window.end?.toISOString() ?? null },
    };
    if (threshold === null) transaction.publish('usage.quota_exceeded', accountId, data);
    else transaction.publish('usage.threshold_reached', accountId, { ...data, threshold });
  }
}
