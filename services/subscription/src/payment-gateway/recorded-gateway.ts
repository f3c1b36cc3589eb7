import type { ChargeOutcome, ChargeRequest, PaymentGateway, RefundOutcome, RefundRequest } from './payment-gateway.ts';

/**
 * Money that moves outside of the platform and is recorded once it has: cash, cheques and terminals (`manual`), and bank
 * transfers. A refund is recorded by whoever pays it out.
 */
export class RecordedGateway implements PaymentGateway {
  readonly name: 'manual' | 'bank_transfer';

  constructor(name: 'manual' | 'bank_transfer') {
    this.name = name;
  }

  async charge({ paymentId }: ChargeRequest): Promise<ChargeOutcome> {
    return { status: 'succeeded', gatewayPaymentId: paymentId };
  }

  async findCharge(request: ChargeRequest): Promise<ChargeOutcome> {
    return this.charge(request);
  }

  async refund({ refundId }: RefundRequest): Promise<RefundOutcome> {
    return { status: 'succeeded', gatewayRefundId: refundId, failureCode: null };
  }

  async findRefund(request: RefundRequest): Promise<RefundOutcome> {
    return this.refund(request);
  }
}
