import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore, IamModule } from '../core.ts';
import { decisionServices } from '../decision/decision-services.ts';
import { federationServices } from '../federation/federation-services.ts';
import { ImpersonationService } from '../impersonation/impersonation.service.ts';
import { AcceptanceService } from '../invitation/acceptance.service.ts';
import { openidServices } from '../openid/openid-services.ts';
import { UserService } from '../user/user.service.ts';
import { authenticatorPages } from './authenticator-page.ts';
import { consentPage } from './consent-page.ts';
import { devicePage } from './device-page.ts';
import { elsewherePages } from './elsewhere-page.ts';
import { explainPage } from './explain-page.ts';
import { forgottenPage, resetPage } from './forgotten-page.ts';
import { invitationPage } from './invitation-page.ts';
import { emailSignInPage, verifyPage } from './mail-proof-page.ts';
import { organizationPage } from './organization-page.ts';
import { loadPageAssets } from './page-assets.ts';
import { pagePlugin } from './page-plugin.ts';
import type { PageServices } from './page-services.ts';
import { newPasskeyPage, passkeySignInPage } from './passkey-page.ts';
import { secondFactorPage } from './second-factor-page.ts';
import { securityPages } from './security-page.ts';
import { continuePage, signInPage } from './sign-in-page.ts';
import { SignInStates } from './sign-in-state.ts';
import { signOutPage } from './sign-out-page.ts';
import { signUpPage } from './sign-up-page.ts';
import type { PageRoute } from './visit.ts';

export function createPageModule(core: IamCore): IamModule {
  const signIn = signInServices(core);
  const { cookieSecure } = core.config;
  const services: PageServices = {
    core,
    signIn,
    ...openidServices(core),
    ...federationServices(core),
    states: new SignInStates({ ...core.config, clock: core.clock }),
    acceptance: new AcceptanceService({ ...core, passwords: signIn.passwords }),
    impersonations: new ImpersonationService({ ...core, cookieSecure }),
    users: new UserService(core),
    decisions: decisionServices(core),
  };
  return {
    plugin: async (app) => {
      const assets = await loadPageAssets(core.config.brandColor);
      const routes = core.issuers.embeddedSignIn ? listPages(services) : elsewherePages();
      await app.register(pagePlugin, { core, assets, routes });
    },
  };
}

function listPages(services: PageServices): PageRoute[] {
  return [
    signInPage(services),
    continuePage(),
    organizationPage(services),
    signUpPage(services),
    secondFactorPage(services),
    forgottenPage(services),
    resetPage(services),
    emailSignInPage(services),
    verifyPage(services),
    passkeySignInPage(services),
    consentPage(services),
    devicePage(services),
    invitationPage(services),
    signOutPage(services),
    ...securityPages(services),
    explainPage(services),
    ...authenticatorPages(services),
    newPasskeyPage(services),
  ];
}
