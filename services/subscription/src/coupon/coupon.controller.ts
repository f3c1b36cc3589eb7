import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { GuardedConcessions } from '../approval/guarded-concessions.service.ts';
import * as operations from './coupon.dto.ts';
import { toResponse } from './coupon.dto.ts';
import { CouponService } from './coupon.service.ts';

type Response = OperationOutput<typeof operations.redeemAccountCoupon>;
type List = OperationOutput<typeof operations.listAccountCoupons>;

@Controller('api/v1')
export class CouponController {
  readonly #coupons: CouponService;
  readonly #concessions: GuardedConcessions;
  constructor(
    @Inject(CouponService) coupons: CouponService,
    @Inject(GuardedConcessions) concessions: GuardedConcessions,
  ) {
    this.#coupons = coupons;
    this.#concessions = concessions;
  }

  @Handles(operations.redeemSubscriptionCoupon)
  async redeemForSubscription({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.redeemSubscriptionCoupon>): Promise<Response> {
    return toResponse(await this.#concessions.redeemCoupon(tenantId, params, body.code));
  }

  @Handles(operations.listSubscriptionCoupons)
  async listForSubscription({
    tenantId,
    params,
  }: OperationInput<typeof operations.listSubscriptionCoupons>): Promise<List> {
    return { data: (await this.#coupons.list(tenantId, params)).map(toResponse) };
  }

  @Handles(operations.removeSubscriptionCoupon)
  async removeFromSubscription({
    tenantId,
    params,
  }: OperationInput<typeof operations.removeSubscriptionCoupon>): Promise<undefined> {
    await this.#coupons.remove(tenantId, params, params.redemptionId);
  }

  @Handles(operations.redeemAccountCoupon)
  async redeemForAccount({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.redeemAccountCoupon>): Promise<Response> {
    return toResponse(await this.#concessions.redeemCoupon(tenantId, params, body.code));
  }

  @Handles(operations.listAccountCoupons)
  async listForAccount({ tenantId, params }: OperationInput<typeof operations.listAccountCoupons>): Promise<List> {
    return { data: (await this.#coupons.list(tenantId, params)).map(toResponse) };
  }

  @Handles(operations.removeAccountCoupon)
  async removeFromAccount({
    tenantId,
    params,
  }: OperationInput<typeof operations.removeAccountCoupon>): Promise<undefined> {
    await this.#coupons.remove(tenantId, params, params.redemptionId);
  }
}
