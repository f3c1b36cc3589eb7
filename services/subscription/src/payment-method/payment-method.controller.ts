import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './payment-method.dto.ts';
import { toResponse } from './payment-method.dto.ts';
import { PaymentMethodService } from './payment-method.service.ts';

type Response = OperationOutput<typeof operations.getPaymentMethod>;

@Controller('api/v1')
export class PaymentMethodController {
  readonly #methods: PaymentMethodService;
  constructor(@Inject(PaymentMethodService) methods: PaymentMethodService) {
    this.#methods = methods;
  }

  @Handles(operations.listPaymentMethods)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listPaymentMethods>): Promise<
    OperationOutput<typeof operations.listPaymentMethods>
  > {
    const page = await this.#methods.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getPaymentMethod)
  async get({ tenantId, params }: OperationInput<typeof operations.getPaymentMethod>): Promise<Response> {
    return toResponse(await this.#methods.get(tenantId, params.paymentMethodId));
  }

  @Handles(operations.startPaymentMethodSetup)
  async startSetup({
    tenantId,
    body,
  }: OperationInput<typeof operations.startPaymentMethodSetup>): Promise<
    OperationOutput<typeof operations.startPaymentMethodSetup>
  > {
    return this.#methods.startSetup(tenantId, body);
  }

  @Handles(operations.attachPaymentMethod)
  async attach({ tenantId, body }: OperationInput<typeof operations.attachPaymentMethod>): Promise<Response> {
    return toResponse(await this.#methods.attach(tenantId, body));
  }

  @Handles(operations.makePaymentMethodDefault)
  async makeDefault({
    tenantId,
    params,
    ifMatch,
  }: OperationInput<typeof operations.makePaymentMethodDefault>): Promise<Response> {
    return toResponse(await this.#methods.makeDefault(tenantId, params.paymentMethodId, ifMatch));
  }

  @Handles(operations.removePaymentMethod)
  async remove({ tenantId, params }: OperationInput<typeof operations.removePaymentMethod>): Promise<undefined> {
    await this.#methods.remove(tenantId, params.paymentMethodId);
  }
}
