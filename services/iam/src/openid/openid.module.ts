import type { IamCore, IamModule } from '../core.ts';
import { deleteExpiredArtifacts } from './artifact.store.ts';
import { ConsentService } from './consent.service.ts';
import { DeviceService } from './device.service.ts';
import { deleteExpiredGrants } from './grant.store.ts';
import { InteractionService } from './interaction.service.ts';
import { OpenidController } from './openid.controller.ts';
import { openidPlugin } from './openid-plugin.ts';
import { openidServices } from './openid-services.ts';

export function createOpenidModule(core: IamCore): IamModule {
  const services = openidServices(core);
  const { notices } = services;
  core.sessions.onEnded(() => void notices.flush());
  return {
    controllers: [OpenidController],
    providers: [
      { provide: InteractionService, useValue: services.interactions },
      { provide: DeviceService, useValue: services.devices },
      { provide: ConsentService, useValue: new ConsentService(core.database) },
    ],
    jobs: [
      { name: 'iam.send-logout-notices', schedule: '* * * * *', run: () => notices.flush() },
      { name: 'iam.clean-up-openid', schedule: '*/15 * * * *', run: () => removeExpired(core) },
    ],
    plugin: async (app) => {
      await app.register(openidPlugin, { core, ...services });
    },
    stop: () => notices.flush(),
  };
}

async function removeExpired({ database, clock }: IamCore): Promise<void> {
  const step = 1000;
  const now = clock.now();
  for (let removed = step; removed === step;)
    removed = await database.transaction(undefined, (transaction) => deleteExpiredArtifacts(transaction, now, step));
  await database.transaction(undefined, (transaction) => deleteExpiredGrants(transaction, now));
}
