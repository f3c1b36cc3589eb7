import { tenantContract } from '@plinth/contracts';
import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { AcceptanceController } from './acceptance.controller.ts';
import { AcceptanceService } from './acceptance.service.ts';
import { InvitationController } from './invitation.controller.ts';
import { InvitationService } from './invitation.service.ts';

export function createInvitationModule(core: IamCore): IamModule {
  const { mails, passwords } = signInServices(core);
  const tenants = core.contracts.client(tenantContract);
  return {
    controllers: [InvitationController, AcceptanceController],
    providers: [
      { provide: InvitationService, useValue: new InvitationService({ ...core, mails, tenants }) },
      { provide: AcceptanceService, useValue: new AcceptanceService({ ...core, passwords }) },
    ],
  };
}
