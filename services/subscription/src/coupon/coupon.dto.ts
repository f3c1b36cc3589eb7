import { couponSchema, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { periodsLeft, type CouponRedemption } from './coupon-redemption.ts';
import { redeemAccountCouponExamples, redeemCouponExamples } from '../subscription/subscription-examples.ts';

const redemptionResponseSchema = z.object({
  id: idSchema,
  code: z.string(),
  coupon: couponSchema.describe('as it was redeemed'),
  accountId: idSchema,
  subscriptionId: idSchema.nullable().describe('null: it lowers all invoices that the account pays'),
  redeemedAt: z.iso.datetime(),
  removedAt: z.iso.datetime().nullable(),
  uses: z.int().describe('invoices that it lowers so far'),
  periodsLeft: z.int().nullable().describe('invoices that it may still lower; null: any number'),
});

const body = z.strictObject({ code: z.string().min(1).max(100) });
const subscriptionParams = z.strictObject({ subscriptionId: idSchema });
const accountParams = z.strictObject({ accountId: idSchema });
const redemptionParams = { redemptionId: idSchema };
const listResponse = z.object({ data: z.array(redemptionResponseSchema) });
const redeeming = {
  method: 'POST',
  permission: 'subscription:write',
  body,
  response: redemptionResponseSchema,
  status: 201,
  idempotent: true,
  errors: ['coupon.not_redeemable', 'approval.required', 'approval.limit_exceeded'],
  problems: approvalProblems,
} as const;

export const redeemSubscriptionCoupon = defineOperation({
  ...redeeming,
  id: 'redeemSubscriptionCoupon',
  path: '/subscriptions/:subscriptionId/coupons',
  summary: "Redeem a coupon for a subscription's next invoices",
  params: subscriptionParams,
  examples: redeemCouponExamples,
});

export const listSubscriptionCoupons = defineOperation({
  id: 'listSubscriptionCoupons',
  method: 'GET',
  path: '/subscriptions/:subscriptionId/coupons',
  summary: 'List the coupons that were redeemed for a subscription',
  permission: 'subscription:read',
  params: subscriptionParams,
  response: listResponse,
});

export const removeSubscriptionCoupon = defineOperation({
  id: 'removeSubscriptionCoupon',
  method: 'DELETE',
  path: '/subscriptions/:subscriptionId/coupons/:redemptionId',
  summary: 'End a redeemed coupon; invoices that are final keep their discount',
  permission: 'subscription:write',
  params: subscriptionParams.extend(redemptionParams),
  response: z.undefined(),
  status: 204,
  sensitive: true,
});

export const redeemAccountCoupon = defineOperation({
  ...redeeming,
  id: 'redeemAccountCoupon',
  path: '/subscriptions/accounts/:accountId/coupons',
  summary: 'Redeem a coupon for all that an account pays',
  params: accountParams,
  examples: redeemAccountCouponExamples,
});

export const listAccountCoupons = defineOperation({
  id: 'listAccountCoupons',
  method: 'GET',
  path: '/subscriptions/accounts/:accountId/coupons',
  summary: 'List the coupons that were redeemed for an account',
  permission: 'subscription:read',
  params: accountParams,
  response: listResponse,
});

export const removeAccountCoupon = defineOperation({
  id: 'removeAccountCoupon',
  method: 'DELETE',
  path: '/subscriptions/accounts/:accountId/coupons/:redemptionId',
  summary: "End an account's redeemed coupon",
  permission: 'subscription:write',
  params: accountParams.extend(redemptionParams),
  response: z.undefined(),
  status: 204,
  sensitive: true,
});

export function toResponse(redemption: CouponRedemption): z.input<typeof redemptionResponseSchema> {
  const { coupon, redeemedAt, removedAt, ...shown } = redemption;
  return {
    ...shown,
    code: coupon.code,
    coupon,
    redeemedAt: redeemedAt.toISOString(),
    removedAt: removedAt?.toISOString() ?? null,
    periodsLeft: periodsLeft(redemption),
  };
}
