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
  'identity.verified': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string(), email: z.string() }),
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
  'identity.disabled': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string() }),
  },
  'identity.deleted': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string() }),
  },
  'identity.enabled': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ userId: z.string() }),
  },
  'member.joined': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ tenantId: idSchema, organizationId: idSchema.nullable(), userId: z.string() }),
  },
  'member.left': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ tenantId: idSchema, userId: z.string() }),
  },
  'invitation.created': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ tenantId: idSchema, invitationId: idSchema, email: z.string(), roles: z.array(z.string()) }),
  },
  'invitation.accepted': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ tenantId: idSchema, invitationId: idSchema, userId: z.string() }),
  },
  'invitation.revoked': {
    topic: 'identity.events',
    version: 1,
    data: z.object({ tenantId: idSchema, invitationId: idSchema }),
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
  'tenant.limits_changed': {
    topic: 'tenant.events',
    version: 1,
    data: z.object({ tenantId: idSchema, limits: z.record(z.string(), z.int()) }),
  },
  'tenant.export_ready': {
    topic: 'tenant.events',
    version: 1,
    data: z.object({ tenantId: idSchema, exportId: idSchema, requestedBy: z.string() }),
  },
  'tenant.deleted': {
    topic: 'tenant.events',
    version: 1,
    data: z.object({ tenantId: idSchema, certificateId: idSchema }),
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
