import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './coupon.dto.ts';
import { toResponse } from './coupon.dto.ts';
import { CouponService } from './coupon.service.ts';

@Controller('api/v1')
export class CouponController {
  readonly #coupons: CouponService;
  constructor(@Inject(CouponService) coupons: CouponService) {
    this.#coupons = coupons;
  }

  @Handles(operations.createCoupon)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createCoupon>): Promise<OperationOutput<typeof operations.createCoupon>> {
    return toResponse(await this.#coupons.create(tenantId, body));
  }

  @Handles(operations.listCoupons)
  async list({
    tenantId,
    query: { code, limit, cursor },
  }: OperationInput<typeof operations.listCoupons>): Promise<OperationOutput<typeof operations.listCoupons>> {
    const page = await this.#coupons.list(tenantId, code, limit, cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getCoupon)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getCoupon>): Promise<OperationOutput<typeof operations.getCoupon>> {
    return toResponse(await this.#coupons.get(tenantId, params.couponId));
  }

  @Handles(operations.updateCoupon)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateCoupon>): Promise<OperationOutput<typeof operations.updateCoupon>> {
    return toResponse(await this.#coupons.update(tenantId, params.couponId, body, ifMatch));
  }
}
