import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { decimalSchema } from '../money.ts';
import { billingPeriodSchema, entitlementSchema } from '../prices.ts';
import { auditRecordSchema } from './audit-record.ts';

const invoiceEventSchema = z.object({
  invoiceId: idSchema,
  accountId: idSchema,
  number: z.string(),
  currency: z.string(),
  totalMinor: z.string().describe('integer minor units'),
});

const paymentEventSchema = z.object({
  paymentId: idSchema,
  accountId: idSchema,
  invoiceId: idSchema.nullable().describe('null for money that was received without an invoice'),
  currency: z.string(),
  amountMinor: z.string().describe('integer minor units'),
});

/** Prepaid credit that came or went. */
const creditEventSchema = z.object({
  grantId: idSchema,
  accountId: idSchema,
  currency: z.string(),
  kind: z.enum(['paid', 'promotional']),
  amountMinor: z.string().describe('integer minor units'),
});

/** What an account had used of a quota when an alert about it fired. Decimals as text. */
const quotaAlertSchema = z.object({
  alertId: idSchema,
  quotaId: idSchema,
  accountId: idSchema,
  meter: z.string(),
  feature: z.string().nullable(),
  used: z.string(),
  limit: z.string().describe('with what was rolled over into the window'),
  percent: z.string().describe('used of the limit, rounded down to whole percents'),
  window: z.object({ start: z.iso.datetime(), end: z.iso.datetime().nullable() }),
});

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
  'account.tenant_linked': {
    topic: 'account.events',
    version: 1,
    data: z.object({
      accountId: idSchema,
      customerTenantId: idSchema.nullable().describe('the tenant that the account pays for from now on'),
      previousTenantId: idSchema.nullable(),
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
  'subscription.changed': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      subscriptionId: idSchema,
      accountId: idSchema,
      change: z
        .string()
        .describe('what was done: change, pause, resume, reactivate, an add-on, a commitment, a term, its renewal'),
    }),
  },
  'subscription.term_ending': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      subscriptionId: idSchema,
      accountId: idSchema,
      term: z.int().describe('number of the term that is about to end, 1 for the first'),
      endsAt: z.iso.datetime(),
      renews: z.boolean().describe('whether another term follows; the subscription ends otherwise'),
    }),
  },
  'subscription.renewed': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      subscriptionId: idSchema,
      accountId: idSchema,
      planId: idSchema,
      planVersion: z.int(),
      term: z.int().describe('number of the term that begins'),
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
    }),
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
  'invoice.created': {
    topic: 'subscription.events',
    version: 1,
    data: invoiceEventSchema.omit({ number: true }),
  },
  'invoice.paid': { topic: 'subscription.events', version: 1, data: invoiceEventSchema },
  'invoice.voided': {
    topic: 'subscription.events',
    version: 1,
    data: invoiceEventSchema.extend({ number: z.string().nullable().describe('null where it was a draft') }),
  },
  'invoice.past_due': {
    topic: 'subscription.events',
    version: 1,
    data: invoiceEventSchema.extend({ dueOn: z.iso.date(), dueMinor: z.string() }),
  },
  'credit_note.issued': {
    topic: 'subscription.events',
    version: 1,
    data: invoiceEventSchema.extend({ creditNoteId: idSchema, refundableMinor: z.string() }),
  },
  'payment.succeeded': {
    topic: 'subscription.events',
    version: 1,
    data: paymentEventSchema.extend({ appliedMinor: z.string().describe('what of it settled the invoice') }),
  },
  'payment.failed': {
    topic: 'subscription.events',
    version: 1,
    data: paymentEventSchema.extend({
      failure: z.enum(['hard', 'soft', 'authentication', 'temporary', 'refused', 'canceled']),
      code: z.string().describe("the gateway's decline code, or what else went wrong"),
    }),
  },
  'payment.requires_action': { topic: 'subscription.events', version: 1, data: paymentEventSchema },
  'payment.refunded': {
    topic: 'subscription.events',
    version: 1,
    data: paymentEventSchema.extend({ refundId: idSchema, refundedMinor: z.string() }),
  },
  'chargeback.opened': {
    topic: 'subscription.events',
    version: 1,
    data: paymentEventSchema.extend({
      chargebackId: idSchema,
      disputedMinor: z.string(),
      reason: z.string(),
      evidenceDueBy: z.string().nullable(),
    }),
  },
  'chargeback.closed': {
    topic: 'subscription.events',
    version: 1,
    data: paymentEventSchema.extend({
      chargebackId: idSchema,
      disputedMinor: z.string(),
      outcome: z.enum(['won', 'lost']),
    }),
  },
  'dunning.step_reached': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      invoiceId: idSchema,
      accountId: idSchema,
      step: z.string(),
      notice: z.string().nullable().describe('name of the text to send; null: none'),
      action: z.enum(['none', 'write_off', 'pause_subscriptions', 'cancel_subscriptions']),
      daysPastDue: z.int(),
      currency: z.string(),
      dueMinor: z.string(),
    }),
  },
  'payment_method.expiring': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      paymentMethodId: idSchema,
      accountId: idSchema,
      brand: z.string().nullable(),
      last4: z.string().nullable(),
      expiresOn: z.iso.date().describe('last day on which it can be charged'),
      noticeDays: z.int(),
    }),
  },
  'approval.requested': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      approvalRequestId: idSchema,
      action: z.string().describe('what waits for approval, such as refund'),
      accountId: idSchema,
      disputeId: idSchema.nullable(),
      currency: z.string(),
      amountMinor: z.string().nullable().describe('integer minor units; null: not known beforehand'),
      requestedBy: z.string(),
      expiresAt: z.iso.datetime(),
    }),
  },
  'credit.granted': {
    topic: 'subscription.events',
    version: 1,
    data: creditEventSchema.extend({
      expiresAt: z.iso.datetime().nullable().describe('null: never'),
      reason: z.string(),
    }),
  },
  'credit.expired': { topic: 'subscription.events', version: 1, data: creditEventSchema },
  'credit.low_balance': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      accountId: idSchema,
      currency: z.string(),
      balanceMinor: z.string().describe('integer minor units'),
      thresholdMinor: z.string().describe('what it has just fallen below'),
    }),
  },
  'usage.recorded': {
    topic: 'usage.events',
    version: 1,
    data: z.object({
      id: z.string().min(1).max(512).describe("the usage's identity, beside the service that emitted it"),
      account: z.string().min(1).max(512).describe("the customer account's key or id"),
      unit: z.string().min(1).max(512).describe('event type that meters count'),
      quantity: decimalSchema,
      time: z.iso.datetime(),
      service: z.string().min(1).max(100),
      metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  },
  'usage.threshold_reached': {
    topic: 'usage.events',
    version: 1,
    data: quotaAlertSchema.extend({ threshold: z.int().describe('percent of the limit') }),
  },
  'usage.quota_exceeded': { topic: 'usage.events', version: 1, data: quotaAlertSchema },
  'entitlements.changed': {
    topic: 'subscription.events',
    version: 1,
    data: z.object({
      accountId: idSchema,
      entitlements: z.array(entitlementSchema).describe('everything that the account may use now'),
      anchor: z.iso.date().nullable().describe('a day on which a period began; null without a subscription'),
      period: billingPeriodSchema.nullable(),
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
