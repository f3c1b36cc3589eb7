import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import type { TenantClock } from '@plinth/common';
import { NotASandboxError, TimeNotAheadError } from './test-clock.errors.ts';
import type { TimedWork } from './timed-work.ts';

/** How far a sandbox's time was moved, and what happened meanwhile. */
export interface Advance {
  readonly from: Date;
  /** Where it stands: where it was asked to be, or earlier when too much happened on the way. */
  readonly now: Date;
  readonly steps: number;
  /** How much each kind of work did. */
  readonly done: ReadonlyMap<string, number>;
}

// One call passes so many instants: some seconds of work, or more than two years in which nothing is billed.
const maximumSteps = 1000;
// What does not say when it falls due is looked at once a day.
const longestStepMs = 86_400_000;

/** Moves the time of sandboxes forward, with everything happening in order that falls due on the way. */
export class TestClockService {
  readonly #tenants: ContractFunctions<typeof tenantContract>;
  readonly #clock: TenantClock;
  readonly #works: readonly TimedWork[];

  constructor(tenants: ContractFunctions<typeof tenantContract>, clock: TenantClock, works: readonly TimedWork[]) {
    this.#tenants = tenants;
    this.#clock = clock;
    this.#works = works;
  }

  async getClock(tenantId: string): Promise<{ readonly sandbox: boolean; readonly testClock: Date | null }> {
    const { sandbox, testClock } = await this.#tenants.findClock({ tenantId });
    return { sandbox, testClock: testClock === null ? null : new Date(testClock) };
  }

  /**
   * Stops once a day and at each instant at which something falls due, and does it there, so that the outcome is that of days that
   * passed. Where work fails, the time stands at its instant, and the next call tries it again.
   */
  async advance(tenantId: string, to: Date): Promise<Advance> {
    const { sandbox } = await this.getClock(tenantId);
    if (!sandbox) throw new NotASandboxError();
    const from = await this.#clock.nowOf(tenantId);
    if (to < from) throw new TimeNotAheadError(from);
    const done = new Map<string, number>();
    let now = from;
    let steps = 0;
    for (let next: Date | null = from; next !== null && steps < maximumSteps; steps += 1) {
      now = next;
      await this.#stopAt(tenantId, now, done);
      next = now < to ? await this.#findNext(tenantId, now, to) : null;
    }
    return { from, now, steps, done };
  }

  async #stopAt(tenantId: string, instant: Date, done: Map<string, number>): Promise<void> {
    await this.#tenants.advanceClock({ tenantId, to: instant.toISOString() });
    this.#clock.set(tenantId, instant);
    for (const work of this.#works) done.set(work.name, (done.get(work.name) ?? 0) + (await work.run(tenantId)));
  }

  async #findNext(tenantId: string, after: Date, to: Date): Promise<Date> {
    const instants = await Promise.all(this.#works.map((work) => work.nextAt?.(tenantId, after) ?? null));
    let next = Math.min(to.getTime(), after.getTime() + longestStepMs);
    for (const instant of instants)
      if (instant !== null && instant > after && instant.getTime() < next) next = instant.getTime();
    return new Date(next);
  }
}
