import type { EventEnvelope } from '@plinth/contracts';
import { newId, type BatchUseCase, type Clock, type Transaction } from '@plinth/common';
import type { NoticeDeliveryService } from './notice-delivery.service.ts';
import type { NoticeSettingsService } from './notice-settings.service.ts';
import { insertNotices, listLegalEntities, type NewNotice } from './notice.store.ts';
import type { NoticeFacts, NoticeKind } from './notice.ts';

export interface QueueNoticesOptions {
  readonly clock: Clock;
  readonly settings: NoticeSettingsService;
  readonly delivery: NoticeDeliveryService;
  /** Whether there is a mail server: without one nothing is written down. */
  readonly delivers: boolean;
}

/** Writes down whom to mail about events of one kind, with the events in the inbox; sent behind the commit. */
export class QueueNotices<Kind extends NoticeKind> implements BatchUseCase<NoticeFacts<Kind>> {
  readonly #kind: Kind;
  readonly #options: QueueNoticesOptions;
  constructor(kind: Kind, options: QueueNoticesOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  async handleBatch(transaction: Transaction, events: readonly EventEnvelope<NoticeFacts<Kind>>[]): Promise<void> {
    const { clock, settings, delivery, delivers } = this.#options;
    const telling = events.filter(({ data }) => isWorthTelling(data));
    if (!delivers || transaction.tenantId === undefined || telling.length === 0) return;
    const isWanted = await settings.loadIn(transaction);
    const ids = telling.map(({ data }) => subjectOf(data));
    const entities = await listLegalEntities(transaction, this.#kind, ids);
    const notices = telling
      .filter(({ data }) => isWanted(entities.get(subjectOf(data)) ?? null, this.#kind))
      .map((event) => toNotice(this.#kind, event));
    if (notices.length === 0) return;
    if ((await insertNotices(transaction, notices, clock.now())) > 0)
      transaction.afterCommit(async () => void delivery.flush());
  }
}

function toNotice(kind: NoticeKind, { id: eventId, data }: EventEnvelope<NoticeFacts>): NewNotice {
  const invoiceId = 'invoiceId' in data ? data.invoiceId : null;
  return { id: newId(), eventId, kind, accountId: data.accountId, invoiceId, facts: data };
}

/** What the event is about: its payment, its payment method or its invoice. */
function subjectOf(data: NoticeFacts): string {
  if ('paymentId' in data) return data.paymentId;
  return 'paymentMethodId' in data ? data.paymentMethodId : data.invoiceId;
}

/**
 * Nobody is mailed about an invoice of nothing, a step that has no text or a claim that was just given up, nor about a
 * charge that the customer cannot help: it never arrived, or was given up.
 */
function isWorthTelling(data: NoticeFacts): boolean {
  if ('step' in data) return data.notice !== null && data.action !== 'write_off';
  if ('failure' in data) return ['hard', 'soft', 'authentication'].includes(data.failure);
  return !('totalMinor' in data) || data.totalMinor !== '0';
}
