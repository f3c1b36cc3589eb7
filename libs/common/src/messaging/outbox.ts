import { topicOf, type AuditRecord, type EventData, type EventEnvelope, type EventType } from '@plinth/contracts';
import { newId } from '../clock/clock.ts';
import { findRequestContext } from '../context/request-context.ts';
import type { AuditEntry } from '../database/transaction.ts';

/** A row of a service's outbox: an event that was committed and is not yet relayed. */
export interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly tenantId: string | undefined;
  readonly envelope: EventEnvelope;
}

interface EnvelopeInput<Type extends EventType> {
  readonly service: string;
  readonly type: Type;
  readonly subject: string;
  readonly data: EventData<Type>;
  readonly tenantId: string | undefined;
  readonly now: Date;
}

/** Builds the CloudEvents 1.0 envelope with correlation, causation and trace of the running context. */
export function buildEnvelope<Type extends EventType>(input: EnvelopeInput<Type>): OutboxRow {
  const context = findRequestContext();
  const id = newId(input.now.getTime());
  const envelope: EventEnvelope = {
    specversion: '1.0',
    id,
    source: `/services/${input.service}`,
    type: input.type,
    subject: input.subject,
    time: input.now.toISOString(),
    datacontenttype: 'application/json',
    data: input.data,
    ...(input.tenantId === undefined ? {} : { tenant: input.tenantId }),
    ...(context === undefined ? {} : { correlationid: context.requestId }),
    ...(context?.causationId === undefined ? {} : { causationid: context.causationId }),
    ...(context?.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  };
  return { id, topic: topicOf(input.type), key: input.subject, type: input.type, tenantId: input.tenantId, envelope };
}

/** Builds an audit record; the actor is the caller of the running request, or the service itself. */
export function buildAuditRecord(entry: AuditEntry, service: string, now: Date): AuditRecord {
  const context = findRequestContext();
  const principal = context?.principal;
  const actor: AuditRecord['actor'] =
    entry.actor ??
    (principal === undefined
      ? { kind: 'service', id: service }
      : {
          kind: principal.kind,
          id: principal.subject,
          ...(principal.email === undefined ? {} : { email: principal.email }),
        });
  return {
    action: entry.action,
    resourceType: entry.resourceType,
    resourceId: entry.resourceId,
    actor,
    service,
    occurredAt: now.toISOString(),
    ...(context === undefined
      ? {}
      : {
          context: {
            requestId: context.requestId,
            ...(context.ip === undefined ? {} : { ip: context.ip }),
            ...(context.userAgent === undefined ? {} : { userAgent: context.userAgent }),
            ...(principal?.session === undefined ? {} : { sessionId: principal.session }),
            ...(principal?.actor === undefined ? {} : { impersonatorId: principal.actor }),
          },
        }),
    ...(entry.before === undefined ? {} : { before: entry.before }),
    ...(entry.after === undefined ? {} : { after: entry.after }),
  };
}
