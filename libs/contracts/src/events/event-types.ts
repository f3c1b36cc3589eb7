import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { auditRecordSchema } from './audit-record.ts';

/** Every event of the platform: its topic, its version and the schema of its data. */
export const eventTypes = {
  'identity.created': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string(), email: z.string(), name: z.string() }),
  },
  'identity.signed_in': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string(), sessionId: z.string() }),
  },
  'identity.signed_out': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string(), sessionId: z.string() }),
  },
  'user.profile.created': {
    topic: 'user.events',
    version: 1,
    data: z.object({ profileId: idSchema, userId: z.string() }),
  },
  'organization.created': {
    topic: 'account.events',
    version: 1,
    data: z.object({
      organizationId: idSchema,
      tenantId: idSchema,
      name: z.string(),
      ownerUserId: z.string(),
    }),
  },
  'tenant.status_changed': {
    topic: 'tenant.events',
    version: 1,
    data: z.object({ tenantId: idSchema, status: z.enum(['active', 'suspended', 'closing', 'deleted']) }),
  },
  'subscription.created': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({ subscriptionId: idSchema, accountId: idSchema, planId: idSchema }),
  },
  'subscription.canceled': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({ subscriptionId: idSchema, accountId: idSchema, endsAt: z.string() }),
  },
  'invoice.finalized': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      invoiceId: idSchema,
      accountId: idSchema,
      number: z.string(),
      currency: z.string(),
      totalMinor: z.string().describe('integer minor units'),
    }),
  },
  'audit.recorded': { topic: 'audit.events', version: 1, data: auditRecordSchema },
} as const satisfies Record<string, { topic: string; version: number; data: z.ZodType }>;

export type EventType = keyof typeof eventTypes;
export type EventData<Type extends EventType> = z.output<(typeof eventTypes)[Type]['data']>;

/** The topic to which an event type belongs. */
export function topicOf(type: EventType): string {
  return eventTypes[type].topic;
}
