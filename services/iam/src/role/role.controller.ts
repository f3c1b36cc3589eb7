import { Controller, Inject } from '@nestjs/common';
import { builtInRoles, rolePermissions } from '@plinth/contracts';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './role.dto.ts';
import { toResponse } from './role.dto.ts';
import { RoleService } from './role.service.ts';

@Controller('api/v1')
export class RoleController {
  readonly #roles: RoleService;
  constructor(@Inject(RoleService) roles: RoleService) {
    this.#roles = roles;
  }

  @Handles(operations.listRoles)
  async list(
    _input: OperationInput<typeof operations.listRoles>,
  ): Promise<OperationOutput<typeof operations.listRoles>> {
    return { data: builtInRoles.map((name) => ({ name, permissions: [...rolePermissions[name]] })), nextCursor: null };
  }

  @Handles(operations.listRoleAssignments)
  async listAssignments({
    tenantId,
    query,
  }: OperationInput<typeof operations.listRoleAssignments>): Promise<
    OperationOutput<typeof operations.listRoleAssignments>
  > {
    const page = await this.#roles.listAssignments(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.assignRole)
  async assign({
    principal,
    body,
  }: OperationInput<typeof operations.assignRole>): Promise<OperationOutput<typeof operations.assignRole>> {
    const { role, ...user } = body;
    return toResponse(await this.#roles.assignRole(principal, { user, role }));
  }

  @Handles(operations.removeRoleAssignment)
  async remove({ principal, params }: OperationInput<typeof operations.removeRoleAssignment>): Promise<undefined> {
    await this.#roles.removeAssignment(principal, params.assignmentId);
  }
}
