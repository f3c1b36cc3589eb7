import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { EmailSignInController } from './email-sign-in.controller.ts';
import { EmailSignInService } from './email-sign-in.service.ts';

export function createEmailSignInModule(core: IamCore): IamModule {
  const { emailSignIn } = signInServices(core);
  return {
    controllers: [EmailSignInController],
    providers: [{ provide: EmailSignInService, useValue: emailSignIn }],
  };
}
