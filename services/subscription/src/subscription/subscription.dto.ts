import { billingPeriodSchema, currencySchema, idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { localDateAt, startOfDay } from '../period/local-date.ts';
import { phaseOn, type Subscription } from './subscription.ts';

const localDateSchema = z.iso.date().describe("calendar date in the account's time zone");
// Far enough for every import, near enough that a mistyped century does not make a thousand invoices.
const startSchema = localDateSchema.refine(
  (date) => date >= '2000-01-01' && date < '2100-01-01',
  'must lie between 2000-01-01 and 2099-12-31',
);
const quantitySchema = z.int().min(0).max(1_000_000_000).describe('seats');
const planVersionSchema = z.int().min(1).max(2_147_483_647);
const statusSchema = z.enum(['active', 'canceled']);
const whenSchema = z.enum(['now', 'period_end']);

const phaseResponseSchema = z.object({
  id: idSchema,
  planId: idSchema,
  planVersion: z.int(),
  quantity: z.int(),
  from: localDateSchema,
  to: localDateSchema.nullable().describe('first date that is no longer in the phase'),
});

export const subscriptionResponseSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  planId: idSchema,
  planVersion: z.int(),
  quantity: z.int(),
  currency: currencySchema,
  timeZone: z.string(),
  period: billingPeriodSchema,
  status: statusSchema,
  startsOn: localDateSchema,
  endsOn: localDateSchema.nullable().describe('first date that is no longer subscribed'),
  endsAt: z.iso.datetime().nullable(),
  nextBillingAt: z.iso.datetime().nullable(),
  phases: z.array(phaseResponseSchema),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const params = z.strictObject({ subscriptionId: idSchema });

const newSubscriptionSchema = z.strictObject({
  accountId: idSchema,
  planId: idSchema,
  planVersion: planVersionSchema.optional().describe('the newest published one when absent'),
  startsOn: startSchema.optional().describe('today when absent; may lie in the past'),
  endsOn: localDateSchema.optional().describe('first date that is no longer subscribed; without an end when absent'),
  quantity: quantitySchema.optional(),
});

const planErrors = [
  'resource.not_found',
  'subscription.currency_differs',
  'subscription.meter_unknown',
  'subscription.plan_archived',
];

export const createSubscription = defineOperation({
  id: 'createSubscription',
  method: 'POST',
  path: '/subscriptions',
  summary: 'Subscribe an account to a plan',
  permission: 'subscription:write',
  body: newSubscriptionSchema,
  response: subscriptionResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: planErrors,
});

export const createSubscriptions = defineOperation({
  id: 'createSubscriptions',
  method: 'POST',
  path: '/subscriptions/batch',
  summary: 'Subscribe up to 500 accounts, with an answer for each',
  description:
    'With `unlessSubscribed`, an account that is subscribed to the plan on the start date keeps that subscription, so an import can be repeated.',
  permission: 'subscription:write',
  body: z.strictObject({
    items: z.array(newSubscriptionSchema).min(1).max(500),
    unlessSubscribed: z.boolean().default(false),
  }),
  response: z.object({
    items: z.array(
      z.object({
        status: z.enum(['created', 'existing', 'refused']),
        subscriptionId: idSchema.optional(),
        error: z.object({ code: z.string(), detail: z.string() }).optional(),
      }),
    ),
  }),
  idempotent: true,
});

export const listSubscriptions = defineOperation({
  id: 'listSubscriptions',
  method: 'GET',
  path: '/subscriptions',
  summary: 'List subscriptions, newest first',
  permission: 'subscription:read',
  query: pageQuerySchema.extend({ accountId: idSchema.optional(), status: statusSchema.optional() }),
  response: pageSchema(subscriptionResponseSchema),
});

export const getSubscription = defineOperation({
  id: 'getSubscription',
  method: 'GET',
  path: '/subscriptions/:subscriptionId',
  summary: 'Get a subscription',
  permission: 'subscription:read',
  params,
  response: subscriptionResponseSchema,
  etag: 'returned',
});

export const changeSubscription = defineOperation({
  id: 'changeSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/change',
  summary: 'Change plan, version or seats now or at the end of the period',
  description:
    'The day of the change belongs to the new plan; the anchor is kept. A change that was planned for later is replaced.',
  permission: 'subscription:write',
  params,
  body: z.strictObject({
    planId: idSchema,
    planVersion: planVersionSchema.optional(),
    quantity: quantitySchema.optional().describe('unchanged when absent'),
    when: whenSchema,
  }),
  response: subscriptionResponseSchema,
  idempotent: true,
  etag: 'required',
  errors: [...planErrors, 'subscription.period_differs', 'subscription.canceled', 'request.version_mismatch'],
});

export const cancelSubscription = defineOperation({
  id: 'cancelSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/cancel',
  summary: 'Cancel a subscription now or at the end of the period',
  description: 'The day of termination is consumed. Cancelling again may only bring the end forward.',
  permission: 'subscription:write',
  params,
  body: z.strictObject({ when: whenSchema }),
  response: subscriptionResponseSchema,
  idempotent: true,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export function toResponse(subscription: Subscription, now: Date): z.output<typeof subscriptionResponseSchema> {
  const { id, accountId, currency, timeZone, period, status, startsOn, endsOn, phases, version } = subscription;
  const { planId, planVersion, quantity } = phaseOn(phases, localDateAt(timeZone, now));
  return {
    id,
    accountId,
    planId,
    planVersion,
    quantity,
    currency,
    timeZone,
    period,
    status,
    startsOn,
    endsOn,
    endsAt: endsOn === null ? null : startOfDay(timeZone, endsOn).toISOString(),
    nextBillingAt: subscription.billNextAt?.toISOString() ?? null,
    phases: phases.map((phase) => ({ ...phase })),
    version,
    createdAt: subscription.createdAt.toISOString(),
    updatedAt: subscription.updatedAt.toISOString(),
  };
}
