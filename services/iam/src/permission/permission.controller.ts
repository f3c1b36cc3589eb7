import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { DecisionService } from '../decision/decision.service.ts';
import * as operations from './permission.dto.ts';
import { toResponse } from './permission.dto.ts';
import { PermissionService } from './permission.service.ts';

@Controller('api/v1')
export class PermissionController {
  readonly #permissions: PermissionService;
  readonly #decisions: DecisionService;
  constructor(
    @Inject(PermissionService) permissions: PermissionService,
    @Inject(DecisionService) decisions: DecisionService,
  ) {
    this.#permissions = permissions;
    this.#decisions = decisions;
  }

  @Handles(operations.listPermissions)
  async list({
    principal,
  }: OperationInput<typeof operations.listPermissions>): Promise<OperationOutput<typeof operations.listPermissions>> {
    return { data: await this.#permissions.listNames(principal.tenant), nextCursor: null };
  }

  @Handles(operations.createPermission)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createPermission>): Promise<OperationOutput<typeof operations.createPermission>> {
    return toResponse(await this.#permissions.create(principal, body));
  }

  @Handles(operations.deletePermission)
  async remove({ principal, params }: OperationInput<typeof operations.deletePermission>): Promise<undefined> {
    await this.#permissions.remove(principal, params.name);
  }

  @Handles(operations.checkPermissions)
  async check({
    principal,
    body,
  }: OperationInput<typeof operations.checkPermissions>): Promise<OperationOutput<typeof operations.checkPermissions>> {
    const asked = body.permissions ?? [body.permission!];
    const pathOf = (index: number) => (body.permission === undefined ? `/permissions/${index}` : '/permission');
    await this.#permissions.assertExist(principal.tenant, asked, pathOf);
    const allowed = await this.#decisions.check(principal, asked, body.object);
    const results = asked.map((permission, index) => ({ permission, allowed: allowed[index]! }));
    return { allowed: results.every((result) => result.allowed), results };
  }
}
