import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import type { BuiltInRole } from '@plinth/contracts';
import { toUserResponse } from '../user/user.dto.ts';
import * as operations from './user-directory.dto.ts';
import { UserDirectoryService } from './user-directory.service.ts';

@Controller('api/v1')
export class UserDirectoryController {
  readonly #directory: UserDirectoryService;
  constructor(@Inject(UserDirectoryService) directory: UserDirectoryService) {
    this.#directory = directory;
  }

  @Handles(operations.createUser)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createUser>): Promise<OperationOutput<typeof operations.createUser>> {
    const { invite, ...person } = body;
    return toUserResponse(await this.#directory.create(principal, person, invite));
  }

  @Handles(operations.updateUser)
  async update({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.updateUser>): Promise<OperationOutput<typeof operations.updateUser>> {
    return toUserResponse(await this.#directory.update(principal, params.userId, body));
  }

  @Handles(operations.deleteUser)
  async delete({ principal, params }: OperationInput<typeof operations.deleteUser>): Promise<undefined> {
    await this.#directory.remove(principal, params.userId);
  }

  @Handles(operations.disableUser)
  async disable({ params }: OperationInput<typeof operations.disableUser>): Promise<undefined> {
    await this.#directory.disable(params.userId);
  }

  @Handles(operations.enableUser)
  async enable({ params }: OperationInput<typeof operations.enableUser>): Promise<undefined> {
    await this.#directory.enable(params.userId);
  }

  @Handles(operations.resetUserPassword)
  async resetPassword({ principal, params }: OperationInput<typeof operations.resetUserPassword>): Promise<undefined> {
    await this.#directory.requestPasswordReset(principal, params.userId);
  }

  @Handles(operations.listUserSessions)
  async listSessions({
    params,
  }: OperationInput<typeof operations.listUserSessions>): Promise<OperationOutput<typeof operations.listUserSessions>> {
    return { data: (await this.#directory.listSessions(params.userId)).map(operations.toSessionResponse) };
  }

  @Handles(operations.endUserSessions)
  async endSessions({ params }: OperationInput<typeof operations.endUserSessions>): Promise<undefined> {
    await this.#directory.endSessions(params.userId);
  }

  @Handles(operations.getRealmRoles)
  async getRoles({
    params,
  }: OperationInput<typeof operations.getRealmRoles>): Promise<OperationOutput<typeof operations.getRealmRoles>> {
    return { roles: (await this.#directory.listRoles(params.userId)) as BuiltInRole[] };
  }

  @Handles(operations.setRealmRoles)
  async setRoles({ principal, params, body }: OperationInput<typeof operations.setRealmRoles>): Promise<undefined> {
    await this.#directory.setRoles(principal, params.userId, body.roles);
  }

  @Handles(operations.linkUserIdentity)
  async link({ principal, params, body }: OperationInput<typeof operations.linkUserIdentity>): Promise<undefined> {
    await this.#directory.link(principal, params.userId, body);
  }
}
