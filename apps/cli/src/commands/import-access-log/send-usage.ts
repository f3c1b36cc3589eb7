import { z } from 'zod';
import type { ApiClient } from '../../api/api-client.ts';
import { parseRequest } from './access-log.ts';
import { currency, eventTypes } from './billing-catalogue.ts';
import { country } from './billing-terms.ts';
import { eventSource } from './event-id.ts';
import { UsageRefusedError } from './import-access-log.errors.ts';
import { InFlight } from './in-flight.ts';
import { monthOf } from './months.ts';
import type { LoggedRequest } from './read-requests.ts';

/** An account that the log made or found. */
export interface LoggedAccount {
  readonly id: string;
  /** Month of its earliest request: its subscription starts there. */
  firstMonth: string;
  /** Its requests in this log so far. */
  calls: number;
}

/** What became of the events. */
export interface UsageReport {
  accepted: number;
  duplicates: number;
  accountsCreated: number;
}

const batchSize = 1000;
const accountBatchSize = 1000;
const requestsInFlight = 4;

const accountsSchema = z.object({ data: z.array(z.object({ key: z.string(), id: z.string(), created: z.boolean() })) });

const ingestedSchema = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  unmatched: z.int(),
  rejected: z.array(z.object({ reason: z.string() })),
});

const replayedSchema = z.object({ counted: z.int(), unmatched: z.int() });

/** Sends requests as usage: first the accounts of new addresses, then their events, several batches at a time. */
export class UsageSender {
  readonly accounts = new Map<string, LoggedAccount>();
  readonly report: UsageReport = { accepted: 0, duplicates: 0, accountsCreated: 0 };
  readonly #client: ApiClient;
  readonly #flight = new InFlight(requestsInFlight);
  readonly #refusals = new Map<string, number>();
  #unmatched = 0;

  constructor(client: ApiClient) {
    this.#client = client;
  }

  async send(requests: readonly LoggedRequest[]): Promise<void> {
    await this.#ensureAccounts(requests);
    for (const { entry } of requests) this.accounts.get(entry.client)!.calls += 1;
    const events = requests.flatMap(toEvents);
    for (const batch of slices(events, batchSize)) await this.#flight.add(() => this.#post(batch));
  }

  /** Waits until everything is stored and counted; throws when an event was refused, or nothing counts it. */
  async finish(): Promise<void> {
    await this.#flight.drain();
    // An earlier import that was cut off may have left events behind that this one saw as duplicates.
    const { unmatched } = await this.#client.call({
      method: 'POST',
      path: '/usage/unmatched/replay',
      response: replayedSchema,
    });
    if (this.#unmatched > 0 && unmatched > 0) this.#refusals.set('no meter or account counts it', unmatched);
    const refused = [...this.#refusals.values()].reduce((sum, count) => sum + count, 0);
    if (refused > 0) throw new UsageRefusedError(refused, this.#refusals);
  }

  /** Waits until nothing is on its way any more. */
  async abandon(): Promise<void> {
    await this.#flight.abandon();
  }

  async #ensureAccounts(requests: readonly LoggedRequest[]): Promise<void> {
    const missing = new Map<string, string>();
    for (const { entry } of requests) {
      const month = monthOf(entry.time);
      const known = this.accounts.get(entry.client);
      if (known === undefined) {
        const earliest = missing.get(entry.client);
        if (earliest === undefined || month < earliest) missing.set(entry.client, month);
      } else if (month < known.firstMonth) known.firstMonth = month;
    }
    for (const keys of slices([...missing.keys()], accountBatchSize)) {
      const accounts = keys.map((key) => ({
        key,
        name: key,
        currency,
        timeZone: 'UTC',
        billing: { email: 'nobody@hosting.example', address: { line1: key, city: 'Internet', country } },
      }));
      const { data } = await this.#client.call({
        method: 'POST',
        path: '/accounts/batch',
        body: { accounts },
        response: accountsSchema,
      });
      for (const { key, id, created } of data) {
        this.accounts.set(key, { id, firstMonth: missing.get(key)!, calls: 0 });
        if (created) this.report.accountsCreated += 1;
      }
    }
  }

  async #post(events: readonly object[]): Promise<void> {
    const answer = await this.#client.call({
      method: 'POST',
      path: '/usage/events',
      body: events,
      contentType: 'application/cloudevents-batch+json',
      response: ingestedSchema,
    });
    this.report.accepted += answer.accepted;
    this.report.duplicates += answer.duplicates;
    this.#unmatched += answer.unmatched;
    for (const { reason } of answer.rejected) this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
  }
}

/** CloudEvents 1.0: one for the call and, where the server sent a body, one for its bytes. */
function toEvents({ id, entry }: LoggedRequest): object[] {
  const common = { specversion: '1.0', source: eventSource, subject: entry.client, time: entry.time.toISOString() };
  const data = { ...parseRequest(entry.request), status: entry.status };
  const call = { ...common, id, type: eventTypes.call, data };
  if (entry.bytes === undefined) return [call];
  return [call, { ...common, id: `${id}/egress`, type: eventTypes.egress, data: { bytes: Number(entry.bytes) } }];
}

export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
