import type { UsageRequest } from '@plinth/contracts';
import type { FindQuantity, UsageWindow } from '../billing/bill-usage.ts';
import type { GroupedQuantity } from '../rating/rating.ts';
import { UsageUnreadableError } from './invoice-run.errors.ts';

type GroupedRequest = UsageRequest & { readonly groupBy: string[] };

/** What was metered by dimensions, or why it cannot be told. */
export type GroupedAnswer = readonly GroupedQuantity[] | { readonly problem: string };

/** Collects the windows of many subscriptions, each once, and gives their quantities back. */
export class Quantities {
  readonly #totals = new Answers<UsageRequest, string>();
  readonly #groups = new Answers<GroupedRequest, GroupedAnswer>();

  add(accountId: string, window: UsageWindow): void {
    const key = keyOf(accountId, window);
    const { meter, groupBy } = window;
    const request = { accountId, meter, from: window.from.toISOString(), to: window.to.toISOString() };
    if (groupBy === undefined) this.#totals.add(key, request);
    else this.#groups.add(key, { ...request, groupBy: [...groupBy] });
  }

  /** The windows whose total is asked for. */
  get requests(): readonly UsageRequest[] {
    return this.#totals.requests;
  }

  /** The windows whose quantity is asked for by dimensions. */
  get groupedRequests(): readonly GroupedRequest[] {
    return this.#groups.requests;
  }

  /** Takes the answers, in the order of the requests. */
  answer(totals: readonly string[], groups: readonly GroupedAnswer[] = []): void {
    this.#totals.take(totals);
    this.#groups.take(groups);
  }

  /** Its function throws `UsageUnreadableError` for a window whose quantity could not be told. */
  finderFor(accountId: string): FindQuantity {
    return (window) => {
      const key = keyOf(accountId, window);
      if (window.groupBy === undefined) return this.#totals.find(key) ?? '0';
      const groups = this.#groups.find(key) ?? [];
      if ('problem' in groups) throw new UsageUnreadableError(window.meter, groups.problem);
      return groups;
    };
  }
}

/** Requests of one kind, each once, and their answers. */
class Answers<Request, Answer> {
  readonly requests: Request[] = [];
  readonly #positions = new Map<string, number>();
  #answers: readonly Answer[] = [];

  add(key: string, request: Request): void {
    if (this.#positions.has(key)) return;
    this.#positions.set(key, this.requests.length);
    this.requests.push(request);
  }

  take(answers: readonly Answer[]): void {
    if (answers.length !== this.requests.length)
      throw new RangeError(`${answers.length} quantities for ${this.requests.length} requests`);
    this.#answers = answers;
  }

  find(key: string): Answer | undefined {
    return this.#answers[this.#positions.get(key) ?? -1];
  }
}

function keyOf(accountId: string, { meter, groupBy = [], from, to }: UsageWindow): string {
  return [accountId, from.getTime(), to.getTime(), meter, ...groupBy].join('/');
}
