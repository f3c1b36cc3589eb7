import type { AccountSummary, accountContract, ContractFunctions } from '@plinth/contracts';
import type { Clock, Database, Logger } from '@plinth/common';
import type { LocalDate } from '@plinth/common/calendar';
import { startOfDay } from '@plinth/common/local-date';
import { findSubscription } from '../subscription/subscription.store.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { KillBillRefusedError } from './kill-bill.errors.ts';
import type { MirroredSubscription } from './kill-bill.ts';
import type { KillBillClient } from './kill-bill-client.ts';
import { dueAt, listTracks, type ExpressedPlan, type MirroredTrack, type MirrorStep } from './mirror-steps.ts';
import * as store from './mirror.store.ts';

export interface SubscriptionMirrorDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
}

export interface SubscriptionMirrorSummary {
  accounts: number;
  steps: number;
  failed: number;
}

const subscriptionsAtOnce = 200;
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Kill Bill lets everything of a date begin at this time of it, so the last day's usage is there when its period is
 * billed. Six hours after midnight no clock change leads to another date.
 */
const referenceHours = 6;
const referenceDate: LocalDate = '2000-01-01';

/** Tells Kill Bill of subscriptions: each step on its date, in order, and once. */
export class SubscriptionMirror {
  readonly #options: SubscriptionMirrorDependencies;
  constructor(options: SubscriptionMirrorDependencies) {
    this.#options = options;
  }

  /** Everything that fell due. One that is refused does not keep the others waiting; when none answers, it throws. */
  async run(
    tenantId: string,
    client: KillBillClient,
    plans: ReadonlyMap<string, ExpressedPlan>,
  ): Promise<SubscriptionMirrorSummary> {
    const { database, clock } = this.#options;
    const summary = { accounts: 0, steps: 0, failed: 0 };
    for (let after: string | undefined = firstId; after !== undefined;) {
      const ids: string[] = await database.transaction(tenantId, (transaction) =>
        store.listUntold(transaction, clock.now(), after!, subscriptionsAtOnce),
      );
      for (const id of ids) await this.#mirror({ tenantId, client, plans, summary }, id);
      after = ids.length < subscriptionsAtOnce ? undefined : ids.at(-1);
    }
    return summary;
  }

  async #mirror(run: Run, id: string): Promise<void> {
    const { database } = this.#options;
    const { tenantId } = run;
    const [subscription, known] = await database.transaction(tenantId, async (transaction) => [
      await findSubscription(transaction, id),
      await store.listMirrored(transaction, id),
    ]);
    if (subscription === undefined) return;
    const tracks = listTracks(subscription, run.plans);
    const gone = known.filter(({ track }) => !tracks.some((wanted) => wanted.track === track));
    for (const track of [...tracks, ...gone.map(withdrawn)]) {
      const before = known.find((candidate) => candidate.track === track.track);
      try {
        await this.#mirrorTrack(run, subscription, track, before);
      } catch (error) {
        if (!(error instanceof KillBillRefusedError)) throw error;
        run.summary.failed += 1;
        this.#options.log.warn(
          { err: error, tenantId, subscriptionId: id },
          'Kill Bill refused a step of a subscription',
        );
      }
    }
  }

  async #mirrorTrack(
    run: Run,
    subscription: Subscription,
    { track, steps, problem, firstPhase }: MirroredTrack,
    before: MirroredSubscription | undefined,
  ): Promise<void> {
    const now = this.#options.clock.now();
    let state: MirroredSubscription = {
      subscriptionId: subscription.id,
      track,
      accountId: subscription.accountId,
      killBillId: before?.killBillId ?? null,
      told: before?.told ?? [],
      nextStepAt: null,
      seenVersion: subscription.version,
      problem: problem ?? findRewritten(before?.told ?? [], steps) ?? null,
    };
    if (state.problem === null) {
      for (const step of steps.slice(state.told.length)) {
        if (dueAt(subscription, step) > now) {
          state = { ...state, nextStepAt: dueAt(subscription, step) };
          break;
        }
        const killBillId = await this.#tell(run, subscription, {
          step,
          track,
          firstPhase,
          killBillId: state.killBillId,
        });
        state = { ...state, killBillId, told: [...state.told, step] };
        run.summary.steps += 1;
        // Written step by step: a step that was told is never told again.
        await this.#save(run.tenantId, { ...state, nextStepAt: now, seenVersion: before?.seenVersion ?? 0 });
      }
    }
    await this.#save(run.tenantId, state);
  }

  /** Tells one step; repeated after a failure it changes nothing. Gives the id at Kill Bill. */
  async #tell(run: Run, subscription: Subscription, { step, track, firstPhase, killBillId }: Telling): Promise<string> {
    const { client } = run;
    if (step.kind === 'create' || killBillId === null) {
      const accountId = await this.#ensureAccount(run, subscription);
      return client.ensureSubscription({
        accountId,
        externalKey: `${subscription.id}:${track}`,
        planName: step.plan ?? '',
        phaseType: firstPhase,
        startsOn: step.on,
      });
    }
    const there = await client.getSubscription(killBillId);
    if (step.kind === 'cancel') {
      if ((there.cancelledDate ?? null) === null) await client.cancel(killBillId, step.on);
    } else if (there.planName !== step.plan) await client.changePlan(killBillId, step.plan ?? '', step.on);
    return killBillId;
  }

  async #ensureAccount({ tenantId, client, summary }: Run, subscription: Subscription): Promise<string> {
    const { database, account: accounts } = this.#options;
    const { accountId, currency, timeZone, anchor } = subscription;
    const billCycleDayLocal = Number(anchor.slice(8));
    const externalKey = [accountId, currency, billCycleDayLocal, timeZone].join(':');
    const known = await database.transaction(tenantId, (transaction) => store.findAccountId(transaction, externalKey));
    if (known !== undefined) return known;
    const [account]: (AccountSummary | undefined)[] = await accounts.listAccountsByIds({ tenantId, ids: [accountId] });
    const referenceTime = startOfDay(timeZone, referenceDate).getTime() + referenceHours * 3_600_000;
    const killBillId = await client.ensureAccount({
      externalKey,
      name: account?.name ?? accountId,
      currency,
      timeZone,
      billCycleDayLocal,
      referenceTime: new Date(referenceTime).toISOString(),
    });
    await database.transaction(tenantId, (transaction) =>
      store.insertAccount(transaction, { accountId, externalKey, killBillId }),
    );
    summary.accounts += 1;
    return killBillId;
  }

  async #save(tenantId: string, state: MirroredSubscription): Promise<void> {
    await this.#options.database.transaction(tenantId, (transaction) => store.saveMirrored(transaction, state));
  }
}

interface Run {
  readonly tenantId: string;
  readonly client: KillBillClient;
  readonly plans: ReadonlyMap<string, ExpressedPlan>;
  readonly summary: SubscriptionMirrorSummary;
}

interface Telling {
  readonly step: MirrorStep;
  readonly track: string;
  readonly firstPhase: MirroredTrack['firstPhase'];
  readonly killBillId: string | null;
}

/** An add-on that was planned and then taken back, before it began. */
function withdrawn({ track }: MirroredSubscription): MirroredTrack {
  return { track, steps: [], firstPhase: 'EVERGREEN', problem: undefined };
}

/** What was told cannot be taken back: Kill Bill has billed by it. */
function findRewritten(told: readonly MirrorStep[], steps: readonly MirrorStep[]): string | undefined {
  for (const [index, before] of told.entries()) {
    const step = steps[index];
    if (step === undefined || step.kind !== before.kind || step.on !== before.on || step.plan !== before.plan)
      return `its past was changed: Kill Bill was told of its ${before.kind} on ${before.on}, which holds no more`;
  }
  return undefined;
}
