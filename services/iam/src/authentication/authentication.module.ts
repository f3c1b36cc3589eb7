import { AccessTokenService } from '../access-token/access-token.service.ts';
import type { IamCore, IamModule } from '../core.ts';
import { SigningKeyService } from '../signing-key/signing-key.service.ts';
import { AuthenticationController } from './authentication.controller.ts';
import { AuthenticationService } from './authentication.service.ts';
import { signInServices } from './sign-in-services.ts';
import { ThrottleService } from './throttle.service.ts';
import { TrustedOrigins } from './trusted-origin.ts';

export function createAuthenticationModule(core: IamCore): IamModule {
  const { sessions, throttle, keys, tokens, origins } = core;
  const { authentication, requests, tokens: oneTimeTokens } = signInServices(core);
  return {
    controllers: [AuthenticationController],
    providers: [
      { provide: AuthenticationService, useValue: authentication },
      { provide: AccessTokenService, useValue: tokens },
      { provide: SigningKeyService, useValue: keys },
      { provide: ThrottleService, useValue: throttle },
      { provide: TrustedOrigins, useValue: origins },
    ],
    contract: {
      listSigningKeys: async () => ({ keys: (await keys.listPublic()).map((key) => ({ ...key })) }),
    },
    jobs: [
      {
        name: 'iam.clean-up',
        schedule: '*/15 * * * *',
        run: async () => {
          await sessions.removeEnded();
          await throttle.removeForgotten();
          await keys.removeExpired();
          await oneTimeTokens.removeExpired();
          await requests.removeForgotten();
        },
      },
    ],
    stop: () => requests.drain(),
  };
}
