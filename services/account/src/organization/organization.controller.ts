import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './organization.dto.ts';
import { toResponse } from './organization.dto.ts';
import { OrganizationService } from './organization.service.ts';

@Controller('api/v1')
export class OrganizationController {
  readonly #organizations: OrganizationService;
  constructor(@Inject(OrganizationService) organizations: OrganizationService) {
    this.#organizations = organizations;
  }

  @Handles(operations.createOrganization)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createOrganization>): Promise<
    OperationOutput<typeof operations.createOrganization>
  > {
    return toResponse(await this.#organizations.createOrganization(principal, body.name));
  }

  @Handles(operations.listOrganizations)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listOrganizations>): Promise<
    OperationOutput<typeof operations.listOrganizations>
  > {
    const page = await this.#organizations.listOwnOrganizations(principal, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getOrganization)
  async get({
    principal,
    params,
  }: OperationInput<typeof operations.getOrganization>): Promise<OperationOutput<typeof operations.getOrganization>> {
    return toResponse(await this.#organizations.getOrganization(principal, params.organizationId));
  }

  @Handles(operations.updateOrganization)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateOrganization>): Promise<
    OperationOutput<typeof operations.updateOrganization>
  > {
    return toResponse(await this.#organizations.updateOrganization(principal, params.organizationId, body, ifMatch));
  }
}
