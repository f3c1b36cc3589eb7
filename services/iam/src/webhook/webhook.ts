import type { EventType } from '@plinth/contracts';

/** Events that a tenant can be told of. */
export const webhookEventTypes = [
  'identity.signed_in',
  'identity.signed_out',
  'identity.disabled',
  'identity.enabled',
  'member.joined',
  'member.left',
  'invitation.created',
  'invitation.accepted',
  'invitation.revoked',
  'usage.threshold_reached',
  'usage.quota_exceeded',
] as const satisfies readonly EventType[];
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Name of the use case for a type of event: each consumer reads events of one type. */
export function useCaseOf(type: WebhookEventType): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `SendWebhooksOf${words.join('')}`;
}

/** What is sent when somebody tries a webhook out. */
export const testEventType = 'webhook.test';

/** Where a tenant wants to be told of events. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly WebhookEventType[];
  /** Until when messages are also signed with the secret before. */
  readonly overlapUntil: Date | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly disabledAt: Date | null;
  readonly disabledBecause: 'owner' | 'failing' | null;
  readonly version: number;
}

/** A message to a webhook and what became of it. */
export interface WebhookDelivery {
  readonly id: string;
  readonly eventType: string;
  readonly status: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  /** What the receiver answered last; null: nothing. */
  readonly lastStatus: number | null;
  readonly lastResponse: string | null;
  readonly lastError: string | null;
  readonly body: string;
}

const minute = 60_000;
const hour = 60 * minute;
/** Waits after the first, second … failure, about three days in all (Standard Webhooks 1.0, "Retries"). */
const waitsMs = [5000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];
/** How long nothing at all is sent to a webhook after a failure. */
export const pauseMs = minute;

/** When to try again after so many failures; undefined: not any more. */
export function nextAttempt(attempts: number, now: Date): Date | undefined {
  const wait = waitsMs[attempts - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait);
}

/** The message about an event: type, time and data, as Standard Webhooks has it. */
export function renderMessage(type: string, time: string, data: unknown): string {
  return JSON.stringify({ type, timestamp: time, data });
}
