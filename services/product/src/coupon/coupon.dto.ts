import { couponSchema, currencySchema, decimalSchema, idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { toIssues } from '../faults.ts';
import { keySchema, nameSchema } from '../names.ts';
import { checkCoupon, toContract, type StoredCoupon } from './coupon.ts';
import { createCouponExamples, updateCouponExamples } from './coupon-examples.ts';

const couponResponseSchema = couponSchema.omit({ couponId: true }).extend({
  id: idSchema,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** Codes are typed by people, so that case does not matter: they are kept in upper case. */
export const codeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9._-]{0,49}$/, 'must be letters, digits, ".", "_" or "-", at most 50');

/** A coupon as it is given. */
export const newCouponSchema = z.strictObject({
  code: codeSchema,
  name: nameSchema,
  discount: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('percent'), percent: decimalSchema }),
    z.strictObject({ kind: z.literal('amount'), amount: decimalSchema, currency: currencySchema }),
  ]),
  periods: z.int().min(1).max(1200).nullable().default(null).describe('how many invoices it lowers; null: all'),
  plans: z.array(keySchema).min(1).max(200).nullable().default(null).describe('keys of the plans; null: every plan'),
  prices: z.array(keySchema).min(1).max(200).nullable().default(null).describe('keys of prices; null: every price'),
  redeemableUntil: z.iso.datetime({ offset: true }).nullable().default(null),
  maximumRedemptions: z.int32().min(1).nullable().default(null),
  oncePerAccount: z.boolean().default(true),
});

const soundCouponSchema = newCouponSchema.check(({ value, issues }) => {
  if (issues.length === 0) issues.push(...toIssues(checkCoupon(value), value));
});

const couponParams = z.strictObject({ couponId: idSchema });

export const createCoupon = defineOperation({
  id: 'createCoupon',
  method: 'POST',
  path: '/coupons',
  summary: 'Create a coupon',
  permission: 'coupon:write',
  body: soundCouponSchema,
  response: couponResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
  examples: createCouponExamples,
});

export const listCoupons = defineOperation({
  id: 'listCoupons',
  method: 'GET',
  path: '/coupons',
  summary: 'List coupons, all or the one with a code',
  permission: 'coupon:read',
  query: pageQuerySchema.extend({ code: codeSchema.optional() }),
  response: pageSchema(couponResponseSchema),
});

export const getCoupon = defineOperation({
  id: 'getCoupon',
  method: 'GET',
  path: '/coupons/:couponId',
  summary: 'Get a coupon',
  permission: 'coupon:read',
  params: couponParams,
  response: couponResponseSchema,
  etag: 'returned',
});

export const updateCoupon = defineOperation({
  id: 'updateCoupon',
  method: 'PATCH',
  path: '/coupons/:couponId',
  summary: 'Rename or archive a coupon',
  description: 'An archived coupon is redeemed by nobody new. What it discounts never changes.',
  permission: 'coupon:write',
  params: couponParams,
  body: z.strictObject({ name: nameSchema.optional(), archived: z.boolean().optional() }),
  response: couponResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updateCouponExamples,
});

export type NewCoupon = z.output<typeof newCouponSchema>;
export type CouponChange = z.output<typeof updateCoupon.body>;

export function toResponse(coupon: StoredCoupon): z.output<typeof couponResponseSchema> {
  const { couponId: id, ...rest } = toContract(coupon);
  const { version, createdAt, updatedAt } = coupon;
  return { id, ...rest, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
