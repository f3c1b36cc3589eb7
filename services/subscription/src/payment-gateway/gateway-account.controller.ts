import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './gateway-account.dto.ts';
import { toResponse } from './gateway-account.dto.ts';
import { GatewayAccountService } from './gateway-account.service.ts';

type Response = OperationOutput<typeof operations.getGatewayAccount>;

@Controller('api/v1')
export class GatewayAccountController {
  readonly #accounts: GatewayAccountService;
  constructor(@Inject(GatewayAccountService) accounts: GatewayAccountService) {
    this.#accounts = accounts;
  }

  @Handles(operations.listGatewayAccounts)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listGatewayAccounts>): Promise<
    OperationOutput<typeof operations.listGatewayAccounts>
  > {
    const page = await this.#accounts.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getGatewayAccount)
  async get({ tenantId, params }: OperationInput<typeof operations.getGatewayAccount>): Promise<Response> {
    return toResponse(await this.#accounts.get(tenantId, params.gatewayAccountId));
  }

  @Handles(operations.createGatewayAccount)
  async create({ tenantId, body }: OperationInput<typeof operations.createGatewayAccount>): Promise<Response> {
    const { gateway: _gateway, ...settings } = body;
    return toResponse(await this.#accounts.create(tenantId, settings));
  }

  @Handles(operations.updateGatewayAccount)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateGatewayAccount>): Promise<Response> {
    const change = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    return toResponse(await this.#accounts.update(tenantId, params.gatewayAccountId, change, ifMatch));
  }
}
