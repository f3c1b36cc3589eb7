import { ClientService } from '../client/client.service.ts';
import type { IamCore } from '../core.ts';
import { DeviceService } from './device.service.ts';
import { EndSessionService } from './end-session.service.ts';
import { InteractionService } from './interaction.service.ts';
import { LogoutNoticeService } from './logout-notice.service.ts';
import { ProviderService } from './provider.service.ts';

/** The use cases of the OpenID provider, for controllers, endpoints and pages alike. */
export interface OpenidServices {
  readonly clients: ClientService;
  readonly providers: ProviderService;
  readonly interactions: InteractionService;
  readonly devices: DeviceService;
  readonly endSession: EndSessionService;
  readonly notices: LogoutNoticeService;
}

const built = new WeakMap<IamCore, OpenidServices>();

/** The services of a running service: the same ones for every part that asks. */
export function openidServices(core: IamCore): OpenidServices {
  const services = built.get(core) ?? build(core);
  built.set(core, services);
  return services;
}

function build(core: IamCore): OpenidServices {
  const clients = new ClientService(core.database, core.clock);
  const providers = new ProviderService({
    core,
    clients,
    findServiceAccount: (transaction, clientId) => core.serviceAccounts.find(transaction, clientId),
  });
  return {
    clients,
    providers,
    interactions: new InteractionService(core, providers),
    devices: new DeviceService(core, providers),
    endSession: new EndSessionService(core, clients),
    notices: new LogoutNoticeService(core, providers),
  };
}
