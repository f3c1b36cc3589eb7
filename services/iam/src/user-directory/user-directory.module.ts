import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { MemberRemovalService } from '../member/member-removal.service.ts';
import { EmbeddedDirectory } from './embedded-directory.ts';
import { KeycloakClient } from './keycloak-client.ts';
import { KeycloakDirectory } from './keycloak-directory.ts';
import { UserDirectoryController } from './user-directory.controller.ts';
import { UserDirectoryService } from './user-directory.service.ts';

export function createUserDirectoryModule(core: IamCore): IamModule {
  const { database, clock, log, members, issuers } = core;
  const { verification, passwordReset } = signInServices(core);
  const administered = issuers.issuers.filter(({ administration }) => administration !== undefined);
  const directories = new UserDirectoryService({
    database,
    clock,
    log,
    embedded: new EmbeddedDirectory({
      ...core,
      removals: new MemberRemovalService(database, members),
      verification,
      passwordReset,
    }),
    external: new Map(
      administered.map(({ issuer, roles, administration }) => [
        issuer,
        new KeycloakDirectory({ client: new KeycloakClient(administration!, clock), name: issuer, roles }),
      ]),
    ),
    issuers: issuers.issuers.map(({ issuer }) => issuer),
    newUsersAt: administered.find(({ administration }) => administration?.newUsers)?.issuer,
  });
  return {
    controllers: [UserDirectoryController],
    providers: [{ provide: UserDirectoryService, useValue: directories }],
  };
}
