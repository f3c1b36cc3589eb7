import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './user.dto.ts';
import { toMemberResponse, toUserResponse } from './user.dto.ts';
import { UserService } from './user.service.ts';

@Controller('api/v1')
export class UserController {
  readonly #users: UserService;
  constructor(@Inject(UserService) users: UserService) {
    this.#users = users;
  }

  @Handles(operations.listUsers)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listUsers>): Promise<OperationOutput<typeof operations.listUsers>> {
    const page = await this.#users.listMembers(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toMemberResponse) };
  }

  @Handles(operations.getOwnUser)
  async getOwn({
    principal,
  }: OperationInput<typeof operations.getOwnUser>): Promise<OperationOutput<typeof operations.getOwnUser>> {
    const { user, tenants } = await this.#users.getOwn(principal);
    return {
      ...toUserResponse(user),
      tenant: principal.tenant ?? null,
      organization: principal.organization ?? null,
      roles: principal.roles,
      tenants: tenants.map((tenant) => ({ ...tenant, roles: [...tenant.roles] })),
    };
  }

  @Handles(operations.updateOwnUser)
  async updateOwn({
    principal,
    body,
  }: OperationInput<typeof operations.updateOwnUser>): Promise<OperationOutput<typeof operations.updateOwnUser>> {
    return toUserResponse(await this.#users.renameOwn(principal, body.name));
  }

  @Handles(operations.getUser)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getUser>): Promise<OperationOutput<typeof operations.getUser>> {
    return toMemberResponse(await this.#users.getMember(tenantId, params.userId));
  }
}
