import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { SecondFactorController } from './second-factor.controller.ts';
import { SecondFactorService } from './second-factor.service.ts';

export function createSecondFactorModule(core: IamCore): IamModule {
  const { secondFactor } = signInServices(core);
  return {
    controllers: [SecondFactorController],
    providers: [{ provide: SecondFactorService, useValue: secondFactor }],
  };
}
