import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './account.dto.ts';
import { toResponse } from './account.dto.ts';
import { AccountService } from './account.service.ts';

@Controller('api/v1')
export class AccountController {
  readonly #accounts: AccountService;
  constructor(@Inject(AccountService) accounts: AccountService) {
    this.#accounts = accounts;
  }

  @Handles(operations.createAccount)
  async create({
    tenantId,
    principal,
    body,
  }: OperationInput<typeof operations.createAccount>): Promise<OperationOutput<typeof operations.createAccount>> {
    return toResponse(await this.#accounts.createAccount({ ...principal, tenant: tenantId }, body));
  }

  @Handles(operations.createAccounts)
  async createBatch({
    tenantId,
    principal,
    body,
  }: OperationInput<typeof operations.createAccounts>): Promise<OperationOutput<typeof operations.createAccounts>> {
    return { data: await this.#accounts.createAccounts({ ...principal, tenant: tenantId }, body.accounts) };
  }

  @Handles(operations.listAccounts)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listAccounts>): Promise<OperationOutput<typeof operations.listAccounts>> {
    const page = await this.#accounts.listAccounts(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getAccount)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getAccount>): Promise<OperationOutput<typeof operations.getAccount>> {
    return toResponse(await this.#accounts.getAccount(tenantId, params.accountId));
  }

  @Handles(operations.updateAccount)
  async update({
    tenantId,
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateAccount>): Promise<OperationOutput<typeof operations.updateAccount>> {
    return toResponse(
      await this.#accounts.updateAccount({ ...principal, tenant: tenantId }, params.accountId, body, ifMatch),
    );
  }
}
