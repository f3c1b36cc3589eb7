import { Controller, Inject } from '@nestjs/common';
import type { TenantLimitName, TenantLimits } from '@plinth/contracts';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './tenant.dto.ts';
import { toResponse } from './tenant.dto.ts';
import { TenantService } from './tenant.service.ts';

@Controller('api/v1')
export class TenantController {
  readonly #tenants: TenantService;
  constructor(@Inject(TenantService) tenants: TenantService) {
    this.#tenants = tenants;
  }

  @Handles(operations.listTenants)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listTenants>): Promise<OperationOutput<typeof operations.listTenants>> {
    const page = await this.#tenants.listTenants(principal, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getTenant)
  async get({
    principal,
    params,
  }: OperationInput<typeof operations.getTenant>): Promise<OperationOutput<typeof operations.getTenant>> {
    return toResponse(await this.#tenants.getTenant(principal, params.tenantId));
  }

  @Handles(operations.updateTenant)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateTenant>): Promise<OperationOutput<typeof operations.updateTenant>> {
    return toResponse(await this.#tenants.renameTenant(principal, params.tenantId, body.name, ifMatch));
  }

  @Handles(operations.suspendTenant)
  async suspend({
    params,
  }: OperationInput<typeof operations.suspendTenant>): Promise<OperationOutput<typeof operations.suspendTenant>> {
    return toResponse(await this.#tenants.changeStatus(params.tenantId, 'suspended'));
  }

  @Handles(operations.activateTenant)
  async activate({
    params,
  }: OperationInput<typeof operations.activateTenant>): Promise<OperationOutput<typeof operations.activateTenant>> {
    return toResponse(await this.#tenants.changeStatus(params.tenantId, 'active'));
  }

  @Handles(operations.changeTenantLimits)
  async changeLimits({
    params,
    body,
  }: OperationInput<typeof operations.changeTenantLimits>): Promise<
    OperationOutput<typeof operations.changeTenantLimits>
  > {
    return toResponse(await this.#tenants.changeLimits(params.tenantId, withoutAbsent(body)));
  }

  @Handles(operations.changeSandbox)
  async changeSandbox({
    params,
    body,
  }: OperationInput<typeof operations.changeSandbox>): Promise<OperationOutput<typeof operations.changeSandbox>> {
    return toResponse(await this.#tenants.changeSandbox(params.tenantId, body.sandbox));
  }
}

function withoutAbsent(limits: Partial<Record<TenantLimitName, number | undefined>>): TenantLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
