import type { EventData } from '@plinth/contracts';

/** What customers are mailed about. */
export const noticeKinds = [
  'invoice_issued',
  'payment_succeeded',
  'payment_failed',
  'dunning',
  'card_expiring',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The event that a kind of notice tells of. */
export const noticeEvents = {
  invoice_issued: 'invoice.finalized',
  payment_succeeded: 'payment.succeeded',
  payment_failed: 'payment.failed',
  dunning: 'dunning.step_reached',
  card_expiring: 'payment_method.expiring',
} as const satisfies Record<NoticeKind, string>;

/** What the event of a kind of notice says. */
export type NoticeFacts<Kind extends NoticeKind = NoticeKind> = EventData<(typeof noticeEvents)[Kind]>;

/**
 * skipped: there is nothing to tell any more, or nobody to tell it to; refused: the mail server does not take it;
 * unknown: nobody knows whether it went out, and it is not sent again.
 */
export type NoticeStatus = 'pending' | 'sending' | 'sent' | 'skipped' | 'refused' | 'unknown';

/** A mail to a customer, and what became of it. */
export interface Notice {
  readonly id: string;
  readonly eventId: string;
  readonly kind: NoticeKind;
  readonly accountId: string;
  readonly invoiceId: string | null;
  readonly facts: NoticeFacts;
  readonly status: NoticeStatus;
  /** Why it was not sent. */
  readonly reason: string | null;
  readonly recipient: string | null;
  readonly language: string | null;
  readonly subject: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** Which kinds customers of a legal entity are mailed about. */
export interface NoticeSettings {
  readonly id: string;
  /** Null: every legal entity without settings of its own. */
  readonly legalEntityId: string | null;
  readonly kinds: readonly NoticeKind[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What holds where nothing is set: whoever is told of an invoice need not be told that it was charged as it says. */
export const defaultKinds: readonly NoticeKind[] = ['invoice_issued', 'payment_failed', 'dunning', 'card_expiring'];

const minute = 60_000;
/** Waits after the first, second … try that surely brought nothing. */
const waitsMs = [minute, 5 * minute, 15 * minute, 60 * minute];
const givenUpAfterMs = 24 * 60 * minute;

/** When a notice is tried again after a failure that may pass; undefined: not any more. */
export function nextAttempt({ attempts, createdAt }: Notice, now: Date): Date | undefined {
  if (now.getTime() - createdAt.getTime() >= givenUpAfterMs) return undefined;
  return new Date(now.getTime() + waitsMs[Math.min(attempts, waitsMs.length) - 1]!);
}
