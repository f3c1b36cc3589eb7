import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { BatchUseCase, Transaction } from '@plinth/common';
import type { UsageService } from '../usage/usage.service.ts';
import { EmittedUsageRefusedError } from './emission.errors.ts';

type Recorded = EventData<'usage.recorded'>;

/** Ingests the usage that services of the platform emitted. */
export class RecordUsage implements BatchUseCase<Recorded> {
  readonly #usage: UsageService;
  // Events are written in transactions that are shared with other batches: they must not join the consumer's. An event
  // that is handed over again counts once by its identity.
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(usage: UsageService) {
    this.#usage = usage;
  }

  async handleBatch(transaction: Transaction, events: readonly EventEnvelope<Recorded>[]): Promise<void> {
    const { tenantId } = transaction;
    if (tenantId === undefined) throw new EmittedUsageRefusedError('it belongs to no tenant');
    const { rejected } = await this.#outside(async () => {
      // Whoever emits usage knows everybody's time alone; that of a sandbox is when it is used there.
      const hasOwnTime = await this.#usage.hasOwnTime(tenantId);
      return this.#usage.ingest(
        tenantId,
        events.map((event) => toCloudEvent(event, hasOwnTime)),
      );
    });
    const [first] = rejected;
    // Tried again one by one, so that what is refused becomes a dead letter with its reason, and nothing else does.
    if (first !== undefined) throw new EmittedUsageRefusedError(first.reason);
  }
}

function toCloudEvent({ data }: EventEnvelope<Recorded>, hasOwnTime: boolean): object {
  return {
    specversion: '1.0',
    id: data.id,
    source: `/services/${data.service}`,
    type: data.unit,
    subject: data.account,
    ...(hasOwnTime ? {} : { time: data.time }),
    data: { ...data.metadata, service: data.service, quantity: data.quantity },
  };
}
