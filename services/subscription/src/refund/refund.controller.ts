import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { requestKeyOf } from '../payment/request-key.ts';
import * as operations from './refund.dto.ts';
import { toResponse } from './refund.dto.ts';
import { RefundService } from './refund.service.ts';

type Response = OperationOutput<typeof operations.getRefund>;

@Controller('api/v1')
export class RefundController {
  readonly #refunds: RefundService;
  constructor(@Inject(RefundService) refunds: RefundService) {
    this.#refunds = refunds;
  }

  @Handles(operations.createRefund)
  async create({
    tenantId,
    params,
    body,
    principal,
    headers,
  }: OperationInput<typeof operations.createRefund>): Promise<Response> {
    const refund = await this.#refunds.refund(tenantId, {
      paymentId: params.paymentId,
      amountMinor: body.amountMinor === undefined ? undefined : BigInt(body.amountMinor),
      reason: body.reason,
      note: body.note ?? null,
      reference: body.reference ?? null,
      requestKey: requestKeyOf(principal, headers),
    });
    return toResponse(refund);
  }

  @Handles(operations.listRefunds)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listRefunds>): Promise<OperationOutput<typeof operations.listRefunds>> {
    const page = await this.#refunds.listRefunds(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getRefund)
  async get({ tenantId, params }: OperationInput<typeof operations.getRefund>): Promise<Response> {
    return toResponse(await this.#refunds.getRefund(tenantId, params.refundId));
  }
}
