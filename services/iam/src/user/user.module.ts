import type { IamCore, IamModule } from '../core.ts';
import { UserController } from './user.controller.ts';
import { UserService } from './user.service.ts';

export function createUserModule({ database, clock, roles }: IamCore): IamModule {
  const users = new UserService({ database, clock, roles });
  return { controllers: [UserController], providers: [{ provide: UserService, useValue: users }] };
}
