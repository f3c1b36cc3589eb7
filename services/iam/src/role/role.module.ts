import { builtInRoles } from '@plinth/contracts';
import { InvalidInputError } from '@plinth/common';
import type { IamCore, IamModule } from '../core.ts';
import { CustomRoleController } from './custom-role.controller.ts';
import { CustomRoleService } from './custom-role.service.ts';
import { GrantOwnerRole } from './grant-owner-role.consumer.ts';
import { RoleController } from './role.controller.ts';
import { RoleService } from './role.service.ts';

/** Roles that another service may give: those that a tenant has from its beginning. */
const givenByServices: readonly string[] = builtInRoles.filter((role) => role !== 'platform_admin');

export function createRoleModule({ database, clock, roles }: IamCore): IamModule {
  return {
    controllers: [RoleController, CustomRoleController],
    providers: [
      { provide: RoleService, useValue: roles },
      { provide: CustomRoleService, useValue: new CustomRoleService(database, clock) },
    ],
    useCases: { GrantOwnerRole: new GrantOwnerRole(roles) },
    contract: {
      grantRole: async (input) => {
        if (!givenByServices.includes(input.role)) {
          throw new InvalidInputError([{ path: '/role', message: `must be one of ${givenByServices.join(', ')}` }]);
        }
        return { granted: await roles.grantRole(input) };
      },
    },
  };
}
