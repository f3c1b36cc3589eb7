import type { IamCore, IamModule } from '../core.ts';
import { AdministratorService } from './administrator.service.ts';

export function createAdministratorModule({ database, clock, log, config, dataDirectory }: IamCore): IamModule {
  const administrators = new AdministratorService({
    database,
    clock,
    log,
    dataDirectory,
    email: config.initialAdminEmail,
    password: config.initialAdminPassword,
  });
  return { start: () => administrators.ensureFirst() };
}
