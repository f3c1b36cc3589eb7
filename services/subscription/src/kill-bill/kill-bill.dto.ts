import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { ComparedPeriod } from './comparison.service.ts';
import { nameOf } from './kill-bill-plan.ts';
import type { KillBillConnection, MirroredSubscription } from './kill-bill.ts';
import type { ExpressedPlan } from './mirror-steps.ts';
import {
  compareWithKillBillExamples,
  connectKillBillExamples,
  listKillBillSubscriptionsExamples,
} from './kill-bill-examples.ts';

const secretSchema = z.string().min(1).max(500);

const connectionSchema = z.object({
  baseUrl: z.string(),
  user: z.string(),
  apiKey: z.string(),
  enabled: z.boolean(),
  catalogueUploads: z.int().describe('how many versions of the catalogue were uploaded'),
  mirroredAt: z.iso.datetime().nullable().describe('when a run last came to its end'),
  lastError: z.string().nullable().describe('why the last run did not'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const getKillBillConnection = defineOperation({
  id: 'getKillBillConnection',
  method: 'GET',
  path: '/invoices/kill-bill',
  summary: 'Get the connection to Kill Bill and how far the mirror has come',
  permission: 'invoice:read',
  response: connectionSchema,
  etag: 'returned',
});

export const connectKillBill = defineOperation({
  id: 'connectKillBill',
  method: 'PUT',
  path: '/invoices/kill-bill',
  summary: 'Mirror accounts, subscriptions and usage to a Kill Bill, change the connection, or switch it off',
  description:
    'Each tenant has a tenant of its own in Kill Bill, named by its API key and secret. Password and API secret are kept encrypted and never shown again; while the base URL stays, those that are left out stay too.',
  permission: 'invoice:write',
  sensitive: true,
  body: z.strictObject({
    baseUrl: z.url().max(500).describe('without /1.0/kb'),
    user: z.string().min(1).max(100),
    password: secretSchema.optional(),
    apiKey: z.string().min(1).max(200),
    apiSecret: secretSchema.optional(),
    enabled: z.boolean().default(true),
  }),
  response: connectionSchema,
  etag: 'returned',
  errors: ['kill_bill.secret_missing', 'kill_bill.secrets_needed', 'outbound.url_refused', 'request.version_mismatch'],
  examples: connectKillBillExamples,
});

export const runKillBillMirror = defineOperation({
  id: 'runKillBillMirror',
  method: 'POST',
  path: '/invoices/kill-bill/runs',
  summary: 'Tell Kill Bill all that is new and read its invoices now',
  description: 'It runs four times an hour by itself. What was told is never told twice.',
  permission: 'invoice:write',
  body: z.strictObject({}),
  response: z.object({
    catalogueUploaded: z.boolean(),
    accounts: z.int().describe('made at Kill Bill'),
    steps: z.int().describe('subscriptions begun, changed and canceled at Kill Bill'),
    usages: z.int().describe('usage records sent'),
    invoices: z.int().describe('invoices read'),
    failed: z.int().describe('subscriptions and usage records that were refused; they are tried again'),
  }),
  errors: ['kill_bill.not_connected', 'kill_bill.secret_missing', 'kill_bill.unavailable', 'kill_bill.refused'],
});

export const checkKillBillPlans = defineOperation({
  id: 'checkKillBillPlans',
  method: 'GET',
  path: '/invoices/kill-bill/plans',
  summary: 'Which plan versions Kill Bill can have, and why it cannot have the others',
  description: 'Every version that was sold. A subscription to one that Kill Bill cannot have is not mirrored.',
  permission: 'invoice:read',
  response: z.object({
    plans: z.array(
      z.object({
        planId: idSchema,
        planKey: z.string(),
        version: z.int(),
        currency: currencySchema,
        name: z.string().nullable().describe("in Kill Bill's catalogue; null: it is not there"),
        reasons: z.array(z.string()),
      }),
    ),
  }),
});

export const listKillBillSubscriptions = defineOperation({
  id: 'listKillBillSubscriptions',
  method: 'GET',
  path: '/invoices/kill-bill/subscriptions',
  summary: 'List what is mirrored to Kill Bill, and what is not and why',
  permission: 'invoice:read',
  query: pageQuerySchema.extend({
    accountId: idSchema.optional(),
    problemsOnly: z.enum(['true', 'false']).default('false').describe('true: only what is not mirrored'),
  }),
  response: pageSchema(
    z.object({
      subscriptionId: idSchema,
      track: z.string().describe('"base", or the id of an add-on'),
      accountId: idSchema,
      killBillId: z.uuid().nullable().describe('of the subscription at Kill Bill'),
      steps: z.array(
        z.object({
          kind: z.enum(['create', 'change', 'cancel']),
          on: z.iso.date(),
          plan: z.string().nullable().describe("in Kill Bill's catalogue"),
        }),
      ),
      nextStepAt: z.iso.datetime().nullable(),
      problem: z.string().nullable(),
    }),
  ),
  examples: listKillBillSubscriptionsExamples,
});

export const compareWithKillBill = defineOperation({
  id: 'compareWithKillBill',
  method: 'GET',
  path: '/invoices/kill-bill/comparison',
  summary: 'Hold the invoices of an account against those of Kill Bill, by period',
  description:
    'What each engine charged for each period of the mirrored subscriptions, before discounts and tax. Periods that only one of them has billed yet differ until the other has.',
  permission: 'invoice:read',
  query: z.strictObject({ accountId: idSchema }),
  response: z.object({
    periods: z.array(
      z.object({
        subscriptionId: idSchema,
        from: z.iso.date(),
        to: z.iso.date().describe('the first date that is no longer in the period'),
        currency: currencySchema,
        oursMinor: minorUnitsSchema,
        killBillMinor: minorUnitsSchema,
        differenceMinor: minorUnitsSchema.describe('ours less theirs'),
      }),
    ),
  }),
  examples: compareWithKillBillExamples,
});

export function toConnectionResponse(connection: KillBillConnection): z.output<typeof connectionSchema> {
  return {
    ...connection,
    mirroredAt: connection.mirroredAt?.toISOString() ?? null,
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  };
}

export function toPlanResponse({ sold, expression }: ExpressedPlan) {
  const { planId, planKey, version, currency } = sold;
  const name = expression.plan === undefined ? null : nameOf(sold);
  return { planId, planKey, version, currency, name, reasons: [...expression.reasons] };
}

export function toMirroredResponse({ told, seenVersion: _version, ...mirrored }: MirroredSubscription) {
  return { ...mirrored, steps: [...told], nextStepAt: mirrored.nextStepAt?.toISOString() ?? null };
}

export function toPeriodResponse(period: ComparedPeriod) {
  return {
    ...period,
    oursMinor: period.oursMinor.toString(),
    killBillMinor: period.killBillMinor.toString(),
    differenceMinor: period.differenceMinor.toString(),
  };
}
