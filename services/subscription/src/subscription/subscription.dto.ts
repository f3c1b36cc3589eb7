import { billingPeriodSchema, currencySchema, decimalSchema, idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { baseTrack, phaseAt, phasesOf, servedPhases, stateAt, type Phase, type Subscription } from './subscription.ts';
import { createSubscriptionExamples, createSubscriptionsExamples } from './subscription-examples.ts';
import { standardNoticeDays, termAt } from './term.ts';

export const localDateSchema = z.iso.date().describe("calendar date in the account's time zone");
// Far enough for every import, near enough that a mistyped century does not make a thousand invoices.
export const dateSchema = localDateSchema.refine(
  (date) => date >= '2000-01-01' && date < '2100-01-01',
  'must lie between 2000-01-01 and 2099-12-31',
);
export const quantitySchema = z.int().min(0).max(1_000_000_000).describe('seats');
export const planVersionSchema = z.int().min(1).max(2_147_483_647);
const statusSchema = z.enum(['active', 'canceled']);
const stateSchema = z.enum(['scheduled', 'trialing', 'active', 'paused', 'ended']);

export const commitmentSchema = z.strictObject({
  amount: decimalSchema.describe('major units of the currency'),
  term: billingPeriodSchema.describe('whole billing periods'),
});

const noticeDaysSchema = z.int().min(1).max(365);
export const termSchema = z.strictObject({
  length: billingPeriodSchema.describe('whole billing periods'),
  renews: z.boolean().optional().describe('whether another term follows; true when absent'),
  noticeDays: noticeDaysSchema
    .optional()
    .describe(`days before its end on which the end of a term is announced; ${standardNoticeDays} when absent`),
});

const termResponseSchema = z.object({
  length: billingPeriodSchema,
  renews: z.boolean().describe('whether another term follows; the subscription ends with the running one otherwise'),
  noticeDays: z.int(),
  number: z.int().describe('of the running term, 1 for the first'),
  startsOn: localDateSchema,
  endsOn: localDateSchema.describe('first date of the next term, or the first that is no longer subscribed'),
});

const phaseResponseSchema = z.object({
  id: idSchema,
  planId: idSchema,
  planVersion: z.int(),
  quantity: z.int(),
  phase: z.string().describe('key of the phase of the plan'),
  kind: z.enum(['trial', 'intro', 'evergreen']),
  paused: z.boolean().describe('costs no fees; usage in it is rated'),
  from: localDateSchema,
  to: localDateSchema.nullable().describe('first date that is no longer in the phase'),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable(),
});

const addOnResponseSchema = z.object({
  id: idSchema,
  planId: idSchema,
  planVersion: z.int(),
  quantity: z.int(),
  from: localDateSchema,
  to: localDateSchema.nullable(),
  phases: z.array(phaseResponseSchema),
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
  prorationBasis: z.enum(['day', 'second']),
  status: statusSchema.describe('canceled from the request on; it is served until its end'),
  state: stateSchema,
  startsOn: localDateSchema,
  anchor: localDateSchema.describe('the date that every period boundary is counted from'),
  trialSkipped: z.boolean().describe("whether the plan's trial was left out because the account had one before"),
  commitment: commitmentSchema.nullable(),
  term: termResponseSchema.nullable().describe('null: it goes on from period to period'),
  endsOn: localDateSchema.nullable().describe('first date that is no longer subscribed'),
  endsAt: z.iso.datetime().nullable(),
  nextBillingAt: z.iso.datetime().nullable(),
  phases: z.array(phaseResponseSchema),
  addOns: z.array(addOnResponseSchema),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const subscriptionParams = z.strictObject({ subscriptionId: idSchema });

export const newSubscriptionSchema = z.strictObject({
  accountId: idSchema,
  planId: idSchema,
  planVersion: planVersionSchema.optional().describe('the newest published one when absent'),
  startsOn: dateSchema.optional().describe('today when absent; may lie in the past'),
  endsOn: localDateSchema.optional().describe('first date that is no longer subscribed; without an end when absent'),
  billingAnchor: dateSchema
    .optional()
    .describe('the date that periods are counted from; the end of the trial, or else the start, when absent'),
  quantity: quantitySchema.optional(),
  commitment: commitmentSchema.optional().describe('what the account promises to spend in each term'),
  term: termSchema.optional().describe('how long the account is bound; from period to period when absent'),
});

export const planErrors = [
  'resource.not_found',
  'subscription.currency_differs',
  'subscription.meter_unknown',
  'subscription.meter_unsuitable',
  'subscription.plan_archived',
  'subscription.not_a_plan',
];

/** Why a sale, and so its preview, may be refused. */
export const saleErrors = [
  ...planErrors,
  'subscription.ends_before_start',
  'subscription.commitment_term',
  'subscription.term_length',
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
  errors: saleErrors,
  examples: createSubscriptionExamples,
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
  examples: createSubscriptionsExamples,
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
  params: subscriptionParams,
  response: subscriptionResponseSchema,
  etag: 'returned',
});

export function toResponse(subscription: Subscription, now: Date): z.output<typeof subscriptionResponseSchema> {
  const { commitment, endsAt } = subscription;
  const served = { phases: servedPhases(subscription) };
  const { planId, planVersion, quantity } = phaseAt(served, baseTrack, now);
  return {
    id: subscription.id,
    accountId: subscription.accountId,
    planId,
    planVersion,
    quantity,
    currency: subscription.currency,
    timeZone: subscription.timeZone,
    period: subscription.period,
    prorationBasis: subscription.prorationBasis,
    status: subscription.status,
    state: stateAt(subscription, now),
    startsOn: subscription.startsOn,
    anchor: subscription.anchor,
    trialSkipped: subscription.trialSkipped,
    commitment: commitment === null ? null : { amount: commitment.amount, term: commitment.term },
    term: toTermResponse(subscription, now),
    endsOn: subscription.endsOn,
    endsAt: endsAt?.toISOString() ?? null,
    nextBillingAt: subscription.billNextAt?.toISOString() ?? null,
    phases: phasesOf(served, baseTrack).map(toPhaseResponse),
    addOns: toAddOns(served, now),
    version: subscription.version,
    createdAt: subscription.createdAt.toISOString(),
    updatedAt: subscription.updatedAt.toISOString(),
  };
}

function toTermResponse(subscription: Subscription, now: Date): z.output<typeof termResponseSchema> | null {
  const { term, endsAt } = subscription;
  if (term === null) return null;
  const { length, renews, noticeDays } = term;
  // Nothing runs after the end, so the last term is shown.
  const last = endsAt === null || endsAt > now ? now : new Date(endsAt.getTime() - 1);
  const { number, from, to } = termAt(subscription, term, last);
  return { length, renews, noticeDays, number, startsOn: from.date, endsOn: to.date };
}

function toAddOns(served: Pick<Subscription, 'phases'>, now: Date): z.output<typeof addOnResponseSchema>[] {
  const tracks = [...new Set(served.phases.map(({ track }) => track))].filter((track) => track !== baseTrack);
  return tracks.map((track) => {
    const phases = phasesOf(served, track);
    const { planId, planVersion, quantity } = phaseAt(served, track, now);
    const [first, last] = [phases[0]!, phases.at(-1)!];
    return {
      id: track,
      planId,
      planVersion,
      quantity,
      from: first.from,
      to: last.to,
      phases: phases.map(toPhaseResponse),
    };
  });
}

function toPhaseResponse(phase: Phase): z.output<typeof phaseResponseSchema> {
  const { id, planId, planVersion, quantity, phaseKey, phaseKind, paused, from, to, startsAt, endsAt } = phase;
  return {
    id,
    planId,
    planVersion,
    quantity,
    phase: phaseKey,
    kind: phaseKind,
    paused,
    from,
    to,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
}
