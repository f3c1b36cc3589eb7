import type { SignInServices } from '../authentication/sign-in-services.ts';
import type { SignInProgress } from '../authentication/sign-in.ts';
import type { IamCore } from '../core.ts';
import type { DecisionServices } from '../decision/decision-services.ts';
import type { FederationService, ProviderChoice } from '../federation/federation.service.ts';
import type { IdentityService } from '../federation/identity.service.ts';
import type { ImpersonationService } from '../impersonation/impersonation.service.ts';
import type { AcceptanceService } from '../invitation/acceptance.service.ts';
import type { DeviceService } from '../openid/device.service.ts';
import type { InteractionService } from '../openid/interaction.service.ts';
import type { UserService } from '../user/user.service.ts';
import { html, type Html } from './html.ts';
import { goTo, withReturnTo } from './return-to.ts';
import type { SignInStates } from './sign-in-state.ts';
import { fillIn } from './texts.ts';
import type { Answer, Visit } from './visit.ts';

/** The use cases that pages are the face of. */
export interface PageServices {
  readonly core: IamCore;
  readonly signIn: SignInServices;
  readonly states: SignInStates;
  readonly interactions: InteractionService;
  readonly devices: DeviceService;
  readonly acceptance: AcceptanceService;
  readonly federation: FederationService;
  readonly identities: IdentityService;
  readonly impersonations: ImpersonationService;
  readonly users: UserService;
  readonly decisions: DecisionServices;
}

/** Takes somebody one step further in signing in. */
export function proceed(visit: Visit, progress: SignInProgress, returnTo: string | undefined): Answer {
  if (progress.cookie !== undefined) visit.browser.setCookie(progress.cookie);
  switch (progress.next) {
    case 'second_factor':
      return { location: withReturnTo('/sign-in/second-factor', returnTo) };
    case 'verify_email':
      return { location: '/sign-in/verify' };
    case 'sign_in':
      return { location: withReturnTo('/sign-in', returnTo, { notice: 'email_confirmed' }) };
    case 'done':
      return goTo(returnTo);
  }
}

/** Links to where sign-ins at other providers begin. */
export function renderChoices(
  choices: readonly ProviderChoice[],
  { texts }: Visit,
  returnTo: string | undefined,
): Html[] {
  return choices.map(
    ({ title, startPath }) =>
      html`<a class="button full" href="${withReturnTo(startPath as `/${string}`, returnTo)}"
        >${fillIn(texts.signIn.with, { provider: title })}</a
      >`,
  );
}
