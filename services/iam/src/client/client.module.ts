import type { IamCore, IamModule } from '../core.ts';
import { ClientController } from './client.controller.ts';
import { ClientService } from './client.service.ts';
import { loadDeclaredClients } from './declared-client.ts';

export function createClientModule({ database, clock, environment }: IamCore): IamModule {
  const clients = new ClientService(database, clock);
  return {
    controllers: [ClientController],
    providers: [{ provide: ClientService, useValue: clients }],
    jobs: [{ name: 'iam.clean-up-client-secrets', schedule: '23 * * * *', run: () => clients.removeEndedSecrets() }],
    start: async () => clients.declareClients(await loadDeclaredClients(environment)),
  };
}
