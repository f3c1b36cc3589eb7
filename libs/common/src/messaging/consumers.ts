import { eventTypes, type EventEnvelope, type EventType, type ServiceManifest } from '@plinth/contracts';
import { runInContext } from '../context/request-context.ts';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import type { ConsumerRegistration, EventMessage } from './event-driver.ts';
import { UnknownUseCaseError } from './messaging.errors.ts';

/** Handles one event in a transaction that also remembers the event: it happens exactly once. */
export interface UseCase<Data = never> {
  handle(transaction: Transaction, event: EventEnvelope<Data>): Promise<void>;
}

/** Handles several events of one tenant in one transaction, for consumers that must be fast. */
export interface BatchUseCase<Data = never> {
  handleBatch(transaction: Transaction, events: readonly EventEnvelope<Data>[]): Promise<void>;
}

export type AnyUseCase = UseCase | BatchUseCase;

/**
 * Connects a manifest's routing (topic → type → use case) with the service's use cases. A name that the service
 * does not have is a start-up error, not a silent drop.
 */
export function buildConsumers(
  manifest: ServiceManifest,
  useCases: Readonly<Record<string, AnyUseCase>>,
  database: Database,
): ConsumerRegistration[] {
  return Object.entries(manifest.events.consumes).flatMap(([topic, routes]) =>
    Object.entries(routes).map(([type, name]) => {
      const useCase = useCases[name];
      if (useCase === undefined) throw new UnknownUseCaseError(manifest.name, topic, type, name);
      const consumer = `${manifest.name}.${name}`;
      const isBatch = 'handleBatch' in useCase;
      return {
        consumer,
        topic,
        type,
        batchSize: isBatch ? 500 : 50,
        handle: (messages: readonly EventMessage[]) => handleMessages(database, consumer, useCase, messages),
      };
    }),
  );
}

async function handleMessages(
  database: Database,
  consumer: string,
  useCase: AnyUseCase,
  messages: readonly EventMessage[],
): Promise<void> {
  const events = messages.map((message) => checkEnvelope(message.envelope));
  if (!('handleBatch' in useCase)) {
    for (const event of events)
      await handleOnce(database, consumer, [event], (transaction, [fresh]) =>
        useCase.handle(transaction, fresh as never),
      );
    return;
  }
  for (const group of groupByTenant(events)) {
    await handleOnce(database, consumer, group, (transaction, fresh) =>
      useCase.handleBatch(transaction, fresh as never),
    );
  }
}

async function handleOnce(
  database: Database,
  consumer: string,
  events: readonly EventEnvelope[],
  work: (transaction: Transaction, fresh: readonly EventEnvelope[]) => Promise<void>,
): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const context = { requestId: first.correlationid ?? first.id, causationId: first.id, traceparent: first.traceparent };
  await runInContext(context, () =>
    database.transaction(first.tenant, async (transaction) => {
      const inserted = await transaction.rows<{ event_id: string }>(
        `INSERT INTO ${database.schema}.inbox (consumer, event_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id`,
        [consumer, events.map((event) => event.id)],
      );
      const unhandled = new Set(inserted.map((row) => row.event_id));
      const fresh = events.filter((event) => unhandled.delete(event.id));
      if (fresh.length > 0) await work(transaction, fresh);
    }),
  );
}

function checkEnvelope(envelope: EventEnvelope): EventEnvelope {
  const definition = eventTypes[envelope.type as EventType];
  return { ...envelope, data: definition.data.parse(envelope.data) };
}

function groupByTenant(events: readonly EventEnvelope[]): EventEnvelope[][] {
  const groups = new Map<string, EventEnvelope[]>();
  for (const event of events) {
    const key = event.tenant ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()];
}
