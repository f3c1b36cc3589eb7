import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { VerificationController } from './verification.controller.ts';
import { VerificationService } from './verification.service.ts';

export function createVerificationModule(core: IamCore): IamModule {
  const { verification } = signInServices(core);
  return {
    controllers: [VerificationController],
    providers: [{ provide: VerificationService, useValue: verification }],
  };
}
