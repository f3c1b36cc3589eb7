import { Controller } from '@nestjs/common';
import { permissions } from '@plinth/contracts';
import { Handles, hasPermission, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './permission.dto.ts';

@Controller('api/v1')
export class PermissionController {
  @Handles(operations.listPermissions)
  async list(
    _input: OperationInput<typeof operations.listPermissions>,
  ): Promise<OperationOutput<typeof operations.listPermissions>> {
    return { data: [...permissions], nextCursor: null };
  }

  @Handles(operations.checkPermissions)
  async check({
    principal,
    body,
  }: OperationInput<typeof operations.checkPermissions>): Promise<OperationOutput<typeof operations.checkPermissions>> {
    const asked = body.permissions ?? [body.permission!];
    const results = asked.map((permission) => ({ permission, allowed: hasPermission(principal, permission) }));
    return { allowed: results.every((result) => result.allowed), results };
  }
}
