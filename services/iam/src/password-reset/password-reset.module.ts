import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { PasswordResetController } from './password-reset.controller.ts';
import { PasswordResetService } from './password-reset.service.ts';

export function createPasswordResetModule(core: IamCore): IamModule {
  const { passwordReset } = signInServices(core);
  return {
    controllers: [PasswordResetController],
    providers: [{ provide: PasswordResetService, useValue: passwordReset }],
  };
}
