import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toResponse as toInvoiceResponse } from '../invoice/invoice.dto.ts';
import { InvoiceService } from '../invoice/invoice.service.ts';
import * as operations from './payment.dto.ts';
import { toAllocationResponse, toResponse } from './payment.dto.ts';
import { ChargeService } from './charge.service.ts';
import { PaymentService } from './payment.service.ts';
import { GuardedConcessions } from '../approval/guarded-concessions.service.ts';
import { ReceivedPaymentService } from './received-payment.service.ts';
import type { Payment } from './payment.ts';
import { requestKeyOf } from './request-key.ts';

type Response = OperationOutput<typeof operations.cancelPayment>;

@Controller('api/v1')
export class PaymentController {
  readonly #payments: PaymentService;
  readonly #charges: ChargeService;
  readonly #received: ReceivedPaymentService;
  readonly #concessions: GuardedConcessions;
  readonly #invoices: InvoiceService;
  constructor(
    @Inject(PaymentService) payments: PaymentService,
    @Inject(ChargeService) charges: ChargeService,
    @Inject(ReceivedPaymentService) received: ReceivedPaymentService,
    @Inject(GuardedConcessions) concessions: GuardedConcessions,
    @Inject(InvoiceService) invoices: InvoiceService,
  ) {
    this.#payments = payments;
    this.#charges = charges;
    this.#received = received;
    this.#concessions = concessions;
    this.#invoices = invoices;
  }

  @Handles(operations.listPayments)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listPayments>): Promise<OperationOutput<typeof operations.listPayments>> {
    const page = await this.#payments.listPayments(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getPayment)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getPayment>): Promise<OperationOutput<typeof operations.getPayment>> {
    const payment = await this.#payments.getPayment(tenantId, params.paymentId);
    const allocations = await this.#payments.listAllocations(tenantId, payment.id);
    return { ...toResponse(payment), allocations: allocations.map(toAllocationResponse) };
  }

  @Handles(operations.payInvoice)
  async pay(
    input: OperationInput<typeof operations.payInvoice>,
  ): Promise<OperationOutput<typeof operations.payInvoice>> {
    const { tenantId, params } = input;
    const payment = await this.#pay(input);
    const { invoice } = await this.#invoices.getInvoice(tenantId, params.invoiceId);
    return { invoice: toInvoiceResponse(invoice), payment: toResponse(payment) };
  }

  @Handles(operations.applyPayment)
  async apply({ tenantId, params, body }: OperationInput<typeof operations.applyPayment>): Promise<Response> {
    const amountMinor = body.amountMinor === undefined ? undefined : BigInt(body.amountMinor);
    return toResponse(await this.#received.applyPayment(tenantId, params.paymentId, body.invoiceId, amountMinor));
  }

  @Handles(operations.cancelPayment)
  async cancel({ tenantId, params }: OperationInput<typeof operations.cancelPayment>): Promise<Response> {
    return toResponse(await this.#charges.cancelPayment(tenantId, params.paymentId));
  }

  #pay(input: OperationInput<typeof operations.payInvoice>): Promise<Payment> {
    const { tenantId, params, body, ifMatch } = input;
    const common = {
      invoiceId: params.invoiceId,
      amountMinor: body?.amountMinor === undefined ? undefined : BigInt(body.amountMinor),
      requestKey: requestKeyOf(input.principal, input.headers),
      ifMatch,
    };
    const received = body?.received;
    if (received === undefined)
      return this.#charges.chargeInvoice(tenantId, {
        ...common,
        paymentMethodId: body?.paymentMethodId,
        customerPresent: body?.customerPresent ?? false,
        cause: 'request',
      });
    const { by: gateway, on: receivedOn = null, reference = null, note = null } = received;
    return this.#concessions.recordReceived(tenantId, { ...common, gateway, receivedOn, reference, note });
  }
}
