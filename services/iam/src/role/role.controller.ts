import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './role.dto.ts';
import { toResponse, toScope } from './role.dto.ts';
import { RoleService } from './role.service.ts';

@Controller('api/v1')
export class RoleController {
  readonly #roles: RoleService;
  constructor(@Inject(RoleService) roles: RoleService) {
    this.#roles = roles;
  }

  @Handles(operations.listRoleAssignments)
  async listAssignments({
    principal,
    query,
  }: OperationInput<typeof operations.listRoleAssignments>): Promise<
    OperationOutput<typeof operations.listRoleAssignments>
  > {
    const page = await this.#roles.listAssignments(principal, 'tenant', query);
    return { ...page, data: page.data.map((assignment) => toResponse(assignment, principal)) };
  }

  @Handles(operations.assignRole)
  async assign({
    principal,
    body,
  }: OperationInput<typeof operations.assignRole>): Promise<OperationOutput<typeof operations.assignRole>> {
    const { role, scope, ...holder } = body;
    return toResponse(await this.#roles.assignRole(principal, { holder, role, scope: toScope(scope) }), principal);
  }

  @Handles(operations.removeRoleAssignment)
  async remove({ principal, params }: OperationInput<typeof operations.removeRoleAssignment>): Promise<undefined> {
    await this.#roles.removeAssignment(principal, 'tenant', params.assignmentId);
  }

  @Handles(operations.listPlatformRoleAssignments)
  async listPlatformAssignments({
    principal,
    query,
  }: OperationInput<typeof operations.listPlatformRoleAssignments>): Promise<
    OperationOutput<typeof operations.listPlatformRoleAssignments>
  > {
    const page = await this.#roles.listAssignments(principal, 'platform', query);
    return { ...page, data: page.data.map((assignment) => toResponse(assignment, principal)) };
  }

  @Handles(operations.assignPlatformRole)
  async assignOnPlatform({
    principal,
    body,
  }: OperationInput<typeof operations.assignPlatformRole>): Promise<
    OperationOutput<typeof operations.assignPlatformRole>
  > {
    const { role, ...holder } = body;
    return toResponse(await this.#roles.assignPlatformRole(principal, { holder, role }), principal);
  }

  @Handles(operations.removePlatformRoleAssignment)
  async removeOnPlatform({
    principal,
    params,
  }: OperationInput<typeof operations.removePlatformRoleAssignment>): Promise<undefined> {
    await this.#roles.removeAssignment(principal, 'platform', params.assignmentId);
  }
}
