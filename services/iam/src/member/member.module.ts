import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { confirmIdentity } from './confirm-identity.ts';
import { MemberRemovalService } from './member-removal.service.ts';

export function createMemberModule(core: IamCore): IamModule {
  const removals = new MemberRemovalService(core.database, core.members);
  return {
    contract: {
      removeMember: async (input) => ({ removed: await removals.remove(input) }),
      confirmIdentity: async (input) => ({ confirmed: await confirmIdentity(core, signInServices(core).proof, input) }),
    },
  };
}
