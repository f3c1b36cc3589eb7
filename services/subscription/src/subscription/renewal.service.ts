import type { Clock, Database, Transaction } from '@plinth/common';
import type { TimedWork } from '../test-clock/timed-work.ts';
import * as store from './subscription.store.ts';
import { baseTrack, phaseAt, type Subscription } from './subscription.ts';
import { nextTermStep, nthTerm, passTermStep, type TermStep } from './term.ts';

// A page is one transaction.
const pageSize = 200;

/**
 * Announces the ends of terms and records renewals. That another term runs needs no work: terms are counted on the
 * calendar, and a subscription that does not renew has its end from the day on which that was said.
 */
export class RenewalService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Does what is due of a tenant's terms, all of it where it was due several times; gives the number of renewals. */
  async run(tenantId: string): Promise<number> {
    let renewals = 0;
    for (;;) {
      const page = await this.#database.transaction(tenantId, (transaction) => this.#runPage(transaction));
      renewals += page.renewals;
      if (page.subscriptions < pageSize) return renewals;
    }
  }

  /** The same as a test clock lets it happen. */
  get timed(): TimedWork {
    return {
      name: 'renewals',
      nextAt: (tenantId) => this.#database.transaction(tenantId, store.findNextTerm),
      run: (tenantId) => this.run(tenantId),
    };
  }

  async #runPage(transaction: Transaction): Promise<{ readonly renewals: number; readonly subscriptions: number }> {
    const now = this.#clock.now();
    const due = await store.listDueTerms(transaction, now, pageSize);
    let renewals = 0;
    const passed = due.map((subscription) => {
      let reached = subscription;
      for (let step = nextTermStep(reached); step !== undefined && step.at <= now; step = nextTermStep(reached)) {
        const after = { ...reached, term: passTermStep(reached.term!, step) };
        if (step.kind === 'renewal') {
          recordRenewal(transaction, reached, after);
          renewals += 1;
        } else announce(transaction, reached, step, now);
        reached = after;
      }
      return reached;
    });
    if (passed.length > 0) await store.updateTerms(transaction, passed);
    return { renewals, subscriptions: due.length };
  }
}

/** Of a term that is over already, as after a sale in the past, nobody needs to hear that it will end. */
function announce(transaction: Transaction, subscription: Subscription, { term }: TermStep, now: Date): void {
  if (term.to.at <= now) return;
  const { id, accountId, endsAt } = subscription;
  transaction.publish('subscription.term_ending', id, {
    subscriptionId: id,
    accountId,
    term: term.number,
    endsAt: term.to.at.toISOString(),
    renews: endsAt === null || endsAt > term.to.at,
  });
}

function recordRenewal(transaction: Transaction, before: Subscription, after: Subscription): void {
  const { id, accountId } = after;
  const { number, from, to } = nthTerm(after, after.term!, after.term!.number);
  const { planId, planVersion } = phaseAt(after, baseTrack, from.at);
  const term = { number, startsOn: from.date, endsOn: to.date, planId, planVersion, commitment: after.commitment };
  transaction.audit({
    action: 'subscription.renewed',
    resourceType: 'subscription',
    resourceId: id,
    before: { term: before.term?.number ?? null },
    after: { term },
  });
  transaction.publish('subscription.renewed', id, {
    subscriptionId: id,
    accountId,
    planId,
    planVersion,
    term: number,
    startsAt: from.at.toISOString(),
    endsAt: to.at.toISOString(),
  });
}
