import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import {
  commitmentSchema,
  dateSchema,
  localDateSchema,
  planErrors,
  planVersionSchema,
  quantitySchema,
  subscriptionParams,
  subscriptionResponseSchema,
  termSchema,
} from './subscription.dto.ts';
import type { ScheduledChange } from './scheduled-changes.ts';
import {
  addAddOnExamples,
  cancelSubscriptionExamples,
  changeAddOnExamples,
  changeCommitmentExamples,
  changeRenewalExamples,
  changeTermExamples,
  changeSubscriptionExamples,
  pauseSubscriptionExamples,
  removeAddOnExamples,
  resumeSubscriptionExamples,
} from './subscription-examples.ts';

const whenSchema = z.enum(['now', 'period_end', 'term_end']).optional();
const time = {
  when: whenSchema.describe('at once, or when the running period or term ends; without a term each period is one'),
  on: dateSchema.optional().describe('the day on which it takes effect; not before what was billed in arrears'),
};
const endTime = { ...time, on: dateSchema.optional().describe('the last day, which is consumed') };
const planChange = {
  planId: idSchema.optional().describe('unchanged when absent'),
  planVersion: planVersionSchema.optional().describe('the newest published one of the given plan when absent'),
  quantity: quantitySchema.optional().describe('unchanged when absent'),
};

/** A body in which at most one time is given. */
export function timed<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject(shape)
    .refine((body) => !('when' in body && body['when'] !== undefined && 'on' in body && body['on'] !== undefined), {
      path: ['on'],
      message: 'give either when or on',
    });
}

/** What each change of a subscription takes; its preview takes the same with `action`. */
export const changeShapes = {
  change: { ...planChange, ...time },
  cancel: endTime,
  reactivate: {},
  pause: { ...time, resumesOn: localDateSchema.optional().describe('first day after the pause; open when absent') },
  resume: time,
  add_add_on: { ...planChange, planId: idSchema, quantity: quantitySchema.optional(), ...time },
  change_add_on: { planVersion: planVersionSchema.optional(), quantity: quantitySchema.optional(), ...time },
  remove_add_on: endTime,
  commit: { commitment: commitmentSchema.nullable().describe('null: none any more') },
  set_term: { term: termSchema.nullable().describe('null: none any more') },
  renew: { renews: z.boolean().describe('whether another term follows the running one') },
};

const addOnParams = subscriptionParams.extend({ addOnId: idSchema });
const changeErrors = ['subscription.canceled', 'subscription.billed_already', 'request.version_mismatch'];
/** Why a change, and so its preview, may be refused. */
export const previewErrors = [
  ...planErrors,
  'subscription.canceled',
  'subscription.billed_already',
  'subscription.period_differs',
  'subscription.change_not_allowed',
  'subscription.pause_not_possible',
  'subscription.not_an_add_on',
  'subscription.add_on_exists',
  'subscription.add_on_not_allowed',
  'subscription.commitment_term',
  'subscription.term_length',
  'subscription.no_term',
];
const common = {
  permission: 'subscription:write',
  params: subscriptionParams,
  response: subscriptionResponseSchema,
  idempotent: true,
  etag: 'required',
} as const;

export const changeSubscription = defineOperation({
  ...common,
  id: 'changeSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/change',
  summary: 'Change plan, version or seats: now, at the end of the period or term, or on a date',
  description:
    'Without `when` and `on`, more seats and upgrades take effect at once, the rest at the end of the term (without one, of the period), or as the plan family says. ' +
    'The day of the change belongs to the new plan; the anchor is kept. What was planned for later is replaced.',
  body: timed(changeShapes.change),
  errors: [...planErrors, ...changeErrors, 'subscription.period_differs', 'subscription.change_not_allowed'],
  examples: changeSubscriptionExamples,
});

export const cancelSubscription = defineOperation({
  ...common,
  id: 'cancelSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/cancel',
  summary: 'Cancel a subscription: now, at the end of the period or term, or on a date',
  description: 'The day of termination is consumed. Cancelling again may only bring the end forward.',
  body: timed(changeShapes.cancel),
  errors: ['subscription.billed_already', 'request.version_mismatch'],
  examples: cancelSubscriptionExamples,
});

export const reactivateSubscription = defineOperation({
  ...common,
  id: 'reactivateSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/reactivate',
  summary: 'Take a cancellation back, or start an ended subscription anew',
  description:
    'Before its end, the subscription goes on as if it had not been canceled. After it, a new subscription to the same plan version starts today, and the answer is that one.',
  errors: [...planErrors, 'request.version_mismatch'],
});

export const pauseSubscription = defineOperation({
  ...common,
  id: 'pauseSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/pause',
  summary: 'Pause a subscription with its add-ons',
  description:
    'A pause costs neither fees nor seats nor a minimum; usage in it is rated. The anchor is kept. What was charged in advance is given back by the next invoice.',
  body: timed(changeShapes.pause),
  errors: [...changeErrors, 'subscription.pause_not_possible'],
  examples: pauseSubscriptionExamples,
});

export const resumeSubscription = defineOperation({
  ...common,
  id: 'resumeSubscription',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/resume',
  summary: 'End the pause of a subscription',
  body: timed(changeShapes.resume),
  errors: [...changeErrors, 'subscription.pause_not_possible'],
  examples: resumeSubscriptionExamples,
});

export const addAddOn = defineOperation({
  ...common,
  id: 'addAddOn',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/add-ons',
  summary: 'Add an add-on of the catalogue',
  description: 'It has the currency and the billing periods of the subscription; parts of a period are prorated.',
  body: timed(changeShapes.add_add_on),
  errors: [
    ...planErrors,
    ...changeErrors,
    'subscription.period_differs',
    'subscription.not_an_add_on',
    'subscription.add_on_exists',
    'subscription.add_on_not_allowed',
  ],
  examples: addAddOnExamples,
});

export const changeAddOn = defineOperation({
  ...common,
  id: 'changeAddOn',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/add-ons/:addOnId/change',
  summary: 'Change version or quantity of an add-on',
  params: addOnParams,
  body: timed(changeShapes.change_add_on),
  errors: [...planErrors, ...changeErrors, 'subscription.not_an_add_on', 'subscription.add_on_not_allowed'],
  examples: changeAddOnExamples,
});

export const removeAddOn = defineOperation({
  ...common,
  id: 'removeAddOn',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/add-ons/:addOnId/cancel',
  summary: 'Cancel an add-on, at the end of the term (without one, of the period) unless asked otherwise',
  params: addOnParams,
  body: timed(changeShapes.remove_add_on),
  errors: ['resource.not_found', ...changeErrors],
  examples: removeAddOnExamples,
});

export const changeCommitment = defineOperation({
  ...common,
  id: 'changeCommitment',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/commitment',
  summary: 'Say what the account promises to spend in each term',
  description:
    'The first term begins with the running period. What is missing at the end of a term is charged as a line; of a term that is served in part, a part is promised. Where the subscription has a term, those of the commitment end with it.',
  body: z.strictObject(changeShapes.commit),
  errors: [
    'subscription.canceled',
    'subscription.commitment_term',
    'subscription.term_length',
    'request.version_mismatch',
  ],
  examples: changeCommitmentExamples,
});

export const changeTerm = defineOperation({
  ...common,
  id: 'changeTerm',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/term',
  summary: 'Bind a subscription for terms of a length, or no longer',
  description:
    'The first term begins with the running period. Each is followed by another one, unless the subscription is not to renew. ' +
    'Some days before its end a term is announced to end (`subscription.term_ending`), and a renewal is an event too (`subscription.renewed`).',
  body: z.strictObject(changeShapes.set_term),
  errors: ['subscription.canceled', 'subscription.term_length', 'request.version_mismatch'],
  examples: changeTermExamples,
});

export const changeRenewal = defineOperation({
  ...common,
  id: 'changeRenewal',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/renewal',
  summary: 'Say whether a subscription renews when its term ends, or ends with it',
  description: 'Until that end it may be said anew, and the subscription stays active.',
  body: z.strictObject(changeShapes.renew),
  errors: ['subscription.canceled', 'subscription.no_term', 'request.version_mismatch'],
  examples: changeRenewalExamples,
});

const scheduledChangeSchema = z.object({
  id: z.string(),
  kind: z.enum(['change', 'pause', 'resume', 'add_on', 'add_on_end', 'cancellation', 'term_end']),
  addOnId: idSchema.nullable(),
  on: localDateSchema,
  at: z.iso.datetime(),
  planId: idSchema,
  planVersion: z.int(),
  quantity: z.int(),
});

export const listScheduled = defineOperation({
  id: 'listScheduledChanges',
  method: 'GET',
  path: '/subscriptions/:subscriptionId/scheduled-changes',
  summary: 'List what is to happen to a subscription and can be taken back',
  permission: 'subscription:read',
  params: subscriptionParams,
  response: z.object({ data: z.array(scheduledChangeSchema) }),
});

export const removeScheduledChange = defineOperation({
  id: 'removeScheduledChange',
  method: 'DELETE',
  path: '/subscriptions/:subscriptionId/scheduled-changes/:scheduledChangeId',
  summary: 'Take a scheduled change back',
  permission: 'subscription:write',
  params: subscriptionParams.extend({ scheduledChangeId: z.string().max(100) }),
  response: subscriptionResponseSchema,
  etag: 'required',
  sensitive: true,
  errors: ['resource.not_found', 'subscription.canceled', 'request.version_mismatch'],
});

export function toScheduledResponse(change: ScheduledChange): z.output<typeof scheduledChangeSchema> {
  return { ...change, at: change.at.toISOString() };
}
