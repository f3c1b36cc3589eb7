import { Controller, Inject } from '@nestjs/common';
import { builtInRoles } from '@plinth/contracts';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './custom-role.dto.ts';
import { toRoleResponse } from './custom-role.dto.ts';
import { CustomRoleService } from './custom-role.service.ts';
import { builtInRole } from './role.ts';

@Controller('api/v1')
export class CustomRoleController {
  readonly #roles: CustomRoleService;
  constructor(@Inject(CustomRoleService) roles: CustomRoleService) {
    this.#roles = roles;
  }

  /** The built-in roles stand on the first page. */
  @Handles(operations.listRoles)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listRoles>): Promise<OperationOutput<typeof operations.listRoles>> {
    const page = await this.#roles.list(principal, 'tenant', query);
    const builtIn = query.cursor === undefined ? builtInRoles.map(builtInRole) : [];
    return { ...page, data: [...builtIn, ...page.data].map(toRoleResponse) };
  }

  @Handles(operations.getRole)
  async get({
    principal,
    params,
  }: OperationInput<typeof operations.getRole>): Promise<OperationOutput<typeof operations.getRole>> {
    return toRoleResponse(await this.#roles.get(principal, 'tenant', params.roleId));
  }

  @Handles(operations.createRole)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createRole>): Promise<OperationOutput<typeof operations.createRole>> {
    return toRoleResponse(await this.#roles.create(principal, 'tenant', body));
  }

  @Handles(operations.updateRole)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateRole>): Promise<OperationOutput<typeof operations.updateRole>> {
    return toRoleResponse(await this.#roles.update(principal, { realm: 'tenant', id: params.roleId }, body, ifMatch));
  }

  @Handles(operations.deleteRole)
  async remove({ principal, params }: OperationInput<typeof operations.deleteRole>): Promise<undefined> {
    await this.#roles.remove(principal, 'tenant', params.roleId);
  }

  @Handles(operations.listPlatformRoles)
  async listOfPlatform({
    principal,
    query,
  }: OperationInput<typeof operations.listPlatformRoles>): Promise<
    OperationOutput<typeof operations.listPlatformRoles>
  > {
    const page = await this.#roles.list(principal, 'platform', query);
    return { ...page, data: page.data.map(toRoleResponse) };
  }

  @Handles(operations.createPlatformRole)
  async createOfPlatform({
    principal,
    body,
  }: OperationInput<typeof operations.createPlatformRole>): Promise<
    OperationOutput<typeof operations.createPlatformRole>
  > {
    return toRoleResponse(await this.#roles.create(principal, 'platform', body));
  }

  @Handles(operations.updatePlatformRole)
  async updateOfPlatform({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updatePlatformRole>): Promise<
    OperationOutput<typeof operations.updatePlatformRole>
  > {
    const target = { realm: 'platform', id: params.roleId } as const;
    return toRoleResponse(await this.#roles.update(principal, target, body, ifMatch));
  }

  @Handles(operations.deletePlatformRole)
  async removeOfPlatform({
    principal,
    params,
  }: OperationInput<typeof operations.deletePlatformRole>): Promise<undefined> {
    await this.#roles.remove(principal, 'platform', params.roleId);
  }
}
