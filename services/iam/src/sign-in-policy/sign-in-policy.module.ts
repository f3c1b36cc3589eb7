import type { IamCore, IamModule } from '../core.ts';
import { SignInPolicyController } from './sign-in-policy.controller.ts';
import { SignInPolicyService } from './sign-in-policy.service.ts';

export function createSignInPolicyModule(core: IamCore): IamModule {
  return {
    controllers: [SignInPolicyController],
    providers: [{ provide: SignInPolicyService, useValue: new SignInPolicyService(core) }],
  };
}
