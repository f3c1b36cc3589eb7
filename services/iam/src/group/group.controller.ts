import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './group.dto.ts';
import { toMemberResponse, toResponse } from './group.dto.ts';
import { GroupService } from './group.service.ts';

@Controller('api/v1')
export class GroupController {
  readonly #groups: GroupService;
  constructor(@Inject(GroupService) groups: GroupService) {
    this.#groups = groups;
  }

  @Handles(operations.listGroups)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listGroups>): Promise<OperationOutput<typeof operations.listGroups>> {
    const page = await this.#groups.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getGroup)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getGroup>): Promise<OperationOutput<typeof operations.getGroup>> {
    return toResponse(await this.#groups.get(tenantId, params.groupId));
  }

  @Handles(operations.createGroup)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createGroup>): Promise<OperationOutput<typeof operations.createGroup>> {
    return toResponse(await this.#groups.create(tenantId, body));
  }

  @Handles(operations.updateGroup)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateGroup>): Promise<OperationOutput<typeof operations.updateGroup>> {
    return toResponse(await this.#groups.update(tenantId, params.groupId, body, ifMatch));
  }

  @Handles(operations.deleteGroup)
  async remove({ principal, params }: OperationInput<typeof operations.deleteGroup>): Promise<undefined> {
    await this.#groups.remove(principal, params.groupId);
  }

  @Handles(operations.listGroupMembers)
  async listMembers({
    tenantId,
    principal,
    params,
    query,
  }: OperationInput<typeof operations.listGroupMembers>): Promise<OperationOutput<typeof operations.listGroupMembers>> {
    const page = await this.#groups.listMembers(tenantId, params.groupId, query);
    return { ...page, data: page.data.map((member) => toMemberResponse(member, principal)) };
  }

  @Handles(operations.addGroupMember)
  async addMember({ principal, params }: OperationInput<typeof operations.addGroupMember>): Promise<undefined> {
    await this.#groups.changeMembers(principal, params.groupId, { add: [params.userId] });
  }

  @Handles(operations.removeGroupMember)
  async removeMember({ principal, params }: OperationInput<typeof operations.removeGroupMember>): Promise<undefined> {
    await this.#groups.changeMembers(principal, params.groupId, { remove: [params.userId] });
  }
}
