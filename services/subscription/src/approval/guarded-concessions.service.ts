import type { Coupon } from '@plinth/contracts';
import { findRequestContext, type Database } from '@plinth/common';
import { z } from 'zod';
import type { CouponRedemption } from '../coupon/coupon-redemption.ts';
import type { CouponService, CouponTarget } from '../coupon/coupon.service.ts';
import type { CreditGrantService } from '../credit/credit-grant.service.ts';
import { roundMoney } from '../money/round-money.ts';
import type { OneOffChargeService } from '../one-off/one-off-charge.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { Payment } from '../payment/payment.ts';
import type { ReceivedMoney, ReceivedPaymentService } from '../payment/received-payment.service.ts';
import { actionContext } from './action-context.ts';
import type { ApprovalService } from './approval.service.ts';
import type { ApprovalRequest } from './approval.ts';

export interface GuardedConcessionsOptions {
  readonly database: Database;
  readonly approvals: Pick<ApprovalService, 'guardIn'>;
  readonly charges: Pick<OneOffChargeService, 'cancel'>;
  readonly coupons: Pick<CouponService, 'redeem' | 'getCurrency'>;
  readonly payments: Pick<PaymentService, 'findRequestedIn'>;
  readonly received: Pick<ReceivedPaymentService, 'recordReceivedIn'>;
  /** Guards recorded purchases by itself, beside promotions. */
  readonly credits: Pick<CreditGrantService, 'grant'>;
}

const text = z.string();
const receivedFields = {
  gateway: z.enum(['manual', 'bank_transfer']),
  reference: text.nullable(),
  note: text.nullable(),
  receivedOn: text.nullable(),
};
const inputs = {
  cancelCharge: z.object({ chargeId: text }),
  coupon: z.object({
    target: z.union([z.object({ subscriptionId: text }), z.object({ accountId: text })]),
    code: text,
  }),
  payment: z.object({ invoiceId: text, amountMinor: text.transform(BigInt), ...receivedFields }),
  purchase: z.object({
    accountId: text,
    currency: text,
    amountMinor: text.transform(BigInt),
    priority: z.int(),
    expiresAt: z.coerce.date().nullable(),
    reason: text,
    received: z.object(receivedFields),
  }),
};

/** Gives up what would have been charged, or takes somebody's word that money has come: within limits. */
export class GuardedConcessions {
  readonly #options: GuardedConcessionsOptions;
  constructor(options: GuardedConcessionsOptions) {
    this.#options = options;
  }

  /** Takes back a charge that waits for an invoice. One that had given something back costs the customer, and has no limit. */
  async cancelCharge(tenantId: string, chargeId: string): Promise<void> {
    const { database, approvals, charges } = this.#options;
    await database.transaction(tenantId, async (transaction) => {
      const charge = await charges.cancel(tenantId, chargeId);
      if (charge === undefined || charge.amountMinor <= 0n) return;
      await approvals.guardIn(transaction, {
        action: 'adjustment',
        accountId: charge.accountId,
        currency: charge.currency,
        amountMinor: charge.amountMinor,
        reason: charge.description,
        input: { chargeId },
        result: { type: 'charge', id: chargeId },
      });
    });
  }

  /**
   * Redeems a coupon. Limits are for people: a program with a key redeems what customers enter themselves, and the
   * catalogue limits that.
   */
  async redeemCoupon(tenantId: string, target: CouponTarget, code: string): Promise<CouponRedemption> {
    const { database, approvals, coupons } = this.#options;
    const isGuarded = actionContext().approvalRequestId !== null || findRequestContext()?.principal?.kind === 'user';
    if (!isGuarded) return coupons.redeem(tenantId, target, code);
    const currency = await coupons.getCurrency(tenantId, target);
    return database.transaction(tenantId, async (transaction) => {
      const redemption = await coupons.redeem(tenantId, target, code);
      await approvals.guardIn(transaction, {
        action: 'coupon',
        accountId: redemption.accountId,
        currency,
        amountMinor: worthOf(redemption.coupon),
        reason: code,
        input: { target, code },
        result: { type: 'coupon_redemption', id: redemption.id },
      });
      return redemption;
    });
  }

  /** Records money that came without this platform; a payment that the same key has made already stays as it is. */
  async recordReceived(tenantId: string, money: ReceivedMoney): Promise<Payment> {
    const { database, approvals, payments, received } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const known = await payments.findRequestedIn(transaction, money);
      if (known !== undefined) return known;
      const payment = await received.recordReceivedIn(transaction, money);
      const { invoiceId, gateway, reference, note, receivedOn } = money;
      const { accountId, currency, amountMinor } = payment;
      await approvals.guardIn(transaction, {
        action: 'recorded_payment',
        accountId,
        currency,
        amountMinor,
        reason: note ?? reference ?? '',
        input: { invoiceId, amountMinor: amountMinor.toString(), gateway, reference, note, receivedOn },
        result: { type: 'payment', id: payment.id },
      });
      return payment;
    });
  }

  /** Does what was approved, with the input that it was approved with; undefined for what others do. */
  execute(tenantId: string, { id, action, input }: ApprovalRequest): Promise<unknown> | undefined {
    const requestKey = `approval:${id}`;
    if (action === 'adjustment' && 'chargeId' in input)
      return this.cancelCharge(tenantId, inputs.cancelCharge.parse(input).chargeId);
    if (action === 'coupon') {
      const { target, code } = inputs.coupon.parse(input);
      return this.redeemCoupon(tenantId, target, code);
    }
    if (action !== 'recorded_payment') return undefined;
    if ('invoiceId' in input) return this.recordReceived(tenantId, { ...inputs.payment.parse(input), requestKey });
    const { accountId, currency, amountMinor, received, ...terms } = inputs.purchase.parse(input);
    const source = { type: 'received' as const, amountMinor, received };
    return this.#options.credits.grant(tenantId, { accountId, currency, terms, source, requestKey });
  }
}

/** What a coupon gives away in all, in the smallest unit; null where that depends on what is charged. */
function worthOf({ discount, periods }: Coupon): bigint | null {
  if (discount.kind === 'percent' || periods === null) return null;
  return roundMoney(discount.amount, discount.currency) * BigInt(periods);
}
