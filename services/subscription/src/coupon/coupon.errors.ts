import { DomainError } from '@plinth/common';

export class CouponNotRedeemableError extends DomainError {
  readonly code = 'coupon.not_redeemable';
  readonly kind = 'conflict';
  constructor(code: string, reason: string) {
    super(`Coupon ${code} cannot be redeemed: ${reason}.`, { details: { reason } });
  }
}
