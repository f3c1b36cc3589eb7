import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { PasskeyController } from './passkey.controller.ts';
import { PasskeySignInService } from './passkey-sign-in.service.ts';
import { PasskeyService } from './passkey.service.ts';

export function createPasskeyModule(core: IamCore): IamModule {
  const { passkeys, passkeySignIn } = signInServices(core);
  return {
    controllers: [PasskeyController],
    providers: [
      { provide: PasskeyService, useValue: passkeys },
      { provide: PasskeySignInService, useValue: passkeySignIn },
    ],
  };
}
