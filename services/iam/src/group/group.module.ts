import type { IamCore, IamModule } from '../core.ts';
import { GroupController } from './group.controller.ts';
import { GroupService } from './group.service.ts';

export function createGroupModule({ groups }: IamCore): IamModule {
  return { controllers: [GroupController], providers: [{ provide: GroupService, useValue: groups }] };
}
