import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './service-account.dto.ts';
import { toResponse, toSecretResponse } from './service-account.dto.ts';
import { ServiceAccountService, type ServiceAccountSettings } from './service-account.service.ts';

@Controller('api/v1')
export class ServiceAccountController {
  readonly #accounts: ServiceAccountService;
  constructor(@Inject(ServiceAccountService) accounts: ServiceAccountService) {
    this.#accounts = accounts;
  }

  @Handles(operations.listServiceAccounts)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listServiceAccounts>): Promise<
    OperationOutput<typeof operations.listServiceAccounts>
  > {
    const page = await this.#accounts.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getServiceAccount)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getServiceAccount>): Promise<
    OperationOutput<typeof operations.getServiceAccount>
  > {
    const { account, secrets } = await this.#accounts.get(tenantId, params.serviceAccountId);
    return { ...toResponse(account), secrets: secrets.map(toSecretResponse) };
  }

  @Handles(operations.createServiceAccount)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createServiceAccount>): Promise<
    OperationOutput<typeof operations.createServiceAccount>
  > {
    const { account, secret } = await this.#accounts.create(principal, body);
    return { ...toResponse(account), secret };
  }

  @Handles(operations.updateServiceAccount)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateServiceAccount>): Promise<
    OperationOutput<typeof operations.updateServiceAccount>
  > {
    const change = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    ) as Partial<ServiceAccountSettings>;
    return toResponse(await this.#accounts.update(principal, params.serviceAccountId, { change, version: ifMatch }));
  }

  @Handles(operations.rotateServiceAccountSecret)
  async rotate({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.rotateServiceAccountSecret>): Promise<
    OperationOutput<typeof operations.rotateServiceAccountSecret>
  > {
    const { secret, text, overlapUntil } = await this.#accounts.rotateSecret(
      principal,
      params.serviceAccountId,
      body.overlapSeconds,
    );
    return { ...toSecretResponse(secret), secret: text, overlapUntil: overlapUntil.toISOString() };
  }

  @Handles(operations.disableServiceAccount)
  async disable({ principal, params }: OperationInput<typeof operations.disableServiceAccount>): Promise<undefined> {
    await this.#accounts.disable(principal, params.serviceAccountId);
  }

  @Handles(operations.enableServiceAccount)
  async enable({ principal, params }: OperationInput<typeof operations.enableServiceAccount>): Promise<undefined> {
    await this.#accounts.enable(principal, params.serviceAccountId);
  }

  @Handles(operations.deleteServiceAccount)
  async remove({ principal, params }: OperationInput<typeof operations.deleteServiceAccount>): Promise<undefined> {
    await this.#accounts.remove(principal, params.serviceAccountId);
  }
}
