import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { invoiceResponseSchema } from '../invoice/invoice.dto.ts';
import type { ProjectedBalance } from './credit-balance.service.ts';
import type { CreditEntry, CreditGrant, CreditWallet } from './credit.ts';
import {
  applyCreditExamples,
  configureCreditWalletExamples,
  getCreditBalanceExamples,
  getCreditsExamples,
  listCreditEntriesExamples,
  voidCreditGrantExamples,
} from './credit-examples.ts';

export const positiveMinorSchema = z
  .string()
  .regex(/^[1-9]\d{0,29}$/, 'must be a positive integer in the smallest unit');
const kindSchema = z.enum(['paid', 'promotional']);
const entryKindSchema = z.enum(['grant', 'use', 'return', 'expiry', 'void', 'refund']);

export const grantResponseSchema = z.object({
  id: idSchema,
  walletId: idSchema,
  accountId: idSchema,
  currency: currencySchema,
  legalEntityId: idSchema.describe('whose invoices it pays'),
  kind: kindSchema,
  amountMinor: minorUnitsSchema,
  remainingMinor: minorUnitsSchema,
  priority: z.int().describe('the lowest is used first'),
  expiresAt: z.iso.datetime().nullable().describe('from this instant on it pays nothing; null: never'),
  reason: z.string(),
  source: z.object({
    type: z.enum(['promotion', 'payment', 'credit_note']),
    id: idSchema.describe("of the payment or the credit note; the grant's own for a promotion"),
  }),
  voidedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const topUpSchema = z.strictObject({
  thresholdMinor: positiveMinorSchema.describe('a balance below it is topped up, within the hour'),
  amountMinor: positiveMinorSchema,
  expiryDays: z
    .int()
    .min(1)
    .max(3660)
    .nullable()
    .default(null)
    .describe('until what was topped up expires; null: never'),
});

export const walletResponseSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  currency: currencySchema,
  balanceMinor: minorUnitsSchema,
  lowBalanceMinor: minorUnitsSchema.nullable(),
  topUp: topUpSchema.nullable(),
  topUpNotBefore: z.iso.datetime().nullable().describe('when a top-up is tried again, after one that failed'),
  version: z.int().describe('of the settings'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const getCredits = defineOperation({
  id: 'getCredits',
  method: 'GET',
  path: '/credits',
  summary: "Get an account's prepaid credit by currency, with the grants of which something remains",
  permission: 'credit:read',
  query: z.strictObject({ accountId: idSchema }),
  response: z.object({ data: z.array(walletResponseSchema.extend({ grants: z.array(grantResponseSchema) })) }),
  examples: getCreditsExamples,
});

export const getCreditBalance = defineOperation({
  id: 'getCreditBalance',
  method: 'GET',
  path: '/credits/balance',
  summary: 'See what of the credit is left after the usage so far',
  description:
    "Works out the next invoices of the account's subscriptions as the invoice run would. Subscriptions of accounts that it pays for are left out.",
  permission: 'credit:read',
  query: z.strictObject({ accountId: idSchema }),
  response: z.object({
    data: z.array(
      z.object({
        currency: currencySchema,
        availableMinor: minorUnitsSchema.describe('what can pay an invoice now'),
        openUsageMinor: minorUnitsSchema.describe('what the usage that is not billed yet costs so far, with tax'),
        nextInvoicesMinor: minorUnitsSchema.describe(
          'what the next invoices come to as it stands now, with usage so far',
        ),
        projectedMinor: minorUnitsSchema.describe(
          'available less open usage; negative: so much will have to be paid otherwise',
        ),
      }),
    ),
  }),
  examples: getCreditBalanceExamples,
});

export const listCreditGrants = defineOperation({
  id: 'listCreditGrants',
  method: 'GET',
  path: '/credits/grants',
  summary: 'List grants of credit, newest first',
  permission: 'credit:read',
  query: pageQuerySchema.extend({
    accountId: idSchema.optional(),
    currency: currencySchema.optional(),
    kind: kindSchema.optional(),
    remaining: z.stringbool().optional().describe('those of which something remains, or all others'),
  }),
  response: pageSchema(grantResponseSchema),
});

export const getCreditGrant = defineOperation({
  id: 'getCreditGrant',
  method: 'GET',
  path: '/credits/grants/:grantId',
  summary: 'Get a grant of credit',
  permission: 'credit:read',
  params: z.strictObject({ grantId: idSchema }),
  response: grantResponseSchema,
});

export const listCreditEntries = defineOperation({
  id: 'listCreditEntries',
  method: 'GET',
  path: '/credits/entries',
  summary: 'List every change of credit, newest first',
  description:
    'Entries never change; they add up to the balance. return: an invoice that was paid was voided or credited; refund: the money was charged back.',
  permission: 'credit:read',
  query: pageQuerySchema.extend({
    accountId: idSchema.optional(),
    currency: currencySchema.optional(),
    grantId: idSchema.optional(),
    invoiceId: idSchema.optional(),
    kind: entryKindSchema.optional(),
  }),
  response: pageSchema(
    z.object({
      id: idSchema,
      walletId: idSchema,
      grantId: idSchema,
      accountId: idSchema,
      currency: currencySchema,
      kind: entryKindSchema,
      amountMinor: minorUnitsSchema.describe('negative where it lowers the balance'),
      invoiceId: idSchema.nullable(),
      reason: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  examples: listCreditEntriesExamples,
});

export const voidCreditGrant = defineOperation({
  id: 'voidCreditGrant',
  method: 'POST',
  path: '/credits/grants/:grantId/void',
  summary: 'Take back what remains of a grant',
  description:
    'What was used stays used. Paid credit becomes money again where it came from: unapplied money of the payment, which can be refunded, or the refundable rest of the credit note.',
  permission: 'credit:write',
  params: z.strictObject({ grantId: idSchema }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  response: grantResponseSchema,
  idempotent: true,
  sensitive: true,
  errors: ['credit.used_up'],
  examples: voidCreditGrantExamples,
});

export const applyCredit = defineOperation({
  id: 'applyCredit',
  method: 'POST',
  path: '/credits/apply',
  summary: "Pay an open invoice from its payer's credit",
  description:
    'Invoices are paid from credit by themselves when they become final; this is for credit that came later.',
  permission: 'credit:write',
  body: z.strictObject({
    invoiceId: idSchema,
    amountMinor: positiveMinorSchema.optional().describe('as much as is due and there when absent'),
  }),
  response: invoiceResponseSchema,
  idempotent: true,
  errors: ['credit.not_due', 'credit.insufficient'],
  examples: applyCreditExamples,
});

export const configureCreditWallet = defineOperation({
  id: 'configureCreditWallet',
  method: 'PUT',
  path: '/credits/wallets/:accountId/:currency',
  summary: "Set the alert and the automatic top-up of an account's credit in a currency",
  description:
    "A top-up charges the account's default payment method. After one that failed the next is tried a day later.",
  permission: 'credit:write',
  params: z.strictObject({ accountId: idSchema, currency: currencySchema }),
  body: z.strictObject({
    lowBalanceMinor: positiveMinorSchema
      .nullable()
      .default(null)
      .describe('the event credit.low_balance tells when the balance falls below it'),
    topUp: topUpSchema.nullable().default(null),
  }),
  response: walletResponseSchema,
  etag: 'required',
  sensitive: true,
  errors: ['request.version_mismatch'],
  examples: configureCreditWalletExamples,
});

export function toGrantResponse(grant: CreditGrant): z.output<typeof grantResponseSchema> {
  return {
    ...grant,
    source: { ...grant.source },
    amountMinor: grant.amountMinor.toString(),
    remainingMinor: grant.remainingMinor.toString(),
    expiresAt: grant.expiresAt?.toISOString() ?? null,
    voidedAt: grant.voidedAt?.toISOString() ?? null,
    createdAt: grant.createdAt.toISOString(),
    updatedAt: grant.updatedAt.toISOString(),
  };
}

export function toWalletResponse(wallet: CreditWallet): z.output<typeof walletResponseSchema> {
  const { topUp } = wallet;
  return {
    ...wallet,
    balanceMinor: wallet.balanceMinor.toString(),
    lowBalanceMinor: wallet.lowBalanceMinor?.toString() ?? null,
    topUp: topUp && {
      thresholdMinor: topUp.thresholdMinor.toString(),
      amountMinor: topUp.amountMinor.toString(),
      expiryDays: topUp.expiryDays,
    },
    topUpNotBefore: wallet.topUpNotBefore?.toISOString() ?? null,
    createdAt: wallet.createdAt.toISOString(),
    updatedAt: wallet.updatedAt.toISOString(),
  };
}

export function toEntryResponse(entry: CreditEntry) {
  return { ...entry, amountMinor: entry.amountMinor.toString(), createdAt: entry.createdAt.toISOString() };
}

export function toBalanceResponse({ currency, availableMinor, openUsageMinor, nextInvoicesMinor }: ProjectedBalance) {
  return {
    currency,
    availableMinor: availableMinor.toString(),
    openUsageMinor: openUsageMinor.toString(),
    nextInvoicesMinor: nextInvoicesMinor.toString(),
    projectedMinor: (availableMinor - openUsageMinor).toString(),
  };
}
