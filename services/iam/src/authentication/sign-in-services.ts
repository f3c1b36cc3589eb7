import type { IamCore } from '../core.ts';
import { EmailSignInService } from '../email-sign-in/email-sign-in.service.ts';
import { AccountMailService } from '../mail/account-mail.service.ts';
import { MailRequestService } from '../mail/mail-request.service.ts';
import { OneTimeTokenService } from '../one-time-token/one-time-token.service.ts';
import { PasskeySignInService } from '../passkey/passkey-sign-in.service.ts';
import { PasskeyService } from '../passkey/passkey.service.ts';
import { relyingPartyOf } from '../passkey/relying-party.ts';
import { PasswordResetService } from '../password-reset/password-reset.service.ts';
import { SecondFactorService } from '../second-factor/second-factor.service.ts';
import { VerificationService } from '../verification/verification.service.ts';
import { AuthenticationService } from './authentication.service.ts';
import { BreachCheckService } from './breach-check.service.ts';
import { PasswordService } from './password.service.ts';
import { RecentProofService } from './recent-proof.service.ts';

/** The use cases of signing in, for controllers and pages alike. */
export interface SignInServices {
  readonly mails: AccountMailService;
  readonly requests: MailRequestService;
  readonly tokens: OneTimeTokenService;
  readonly passwords: PasswordService;
  readonly verification: VerificationService;
  readonly authentication: AuthenticationService;
  readonly proof: RecentProofService;
  readonly passwordReset: PasswordResetService;
  readonly emailSignIn: EmailSignInService;
  readonly secondFactor: SecondFactorService;
  readonly passkeys: PasskeyService;
  readonly passkeySignIn: PasskeySignInService;
}

const built = new WeakMap<IamCore, SignInServices>();

/** The sign-in services of a running service: the same ones for every part that asks. */
export function signInServices(core: IamCore): SignInServices {
  const services = built.get(core) ?? build(core);
  built.set(core, services);
  return services;
}

function build(core: IamCore): SignInServices {
  const { config, log } = core;
  const { secret, baseUrl, productName, breachCheckUrl } = config;
  const mails = new AccountMailService({ mails: core.mails, productName, baseUrl });
  const breachCheck = breachCheckUrl === undefined ? undefined : new BreachCheckService(breachCheckUrl, log);
  const shared = {
    database: core.database,
    clock: core.clock,
    log,
    sessions: core.sessions,
    throttle: core.throttle,
    mails,
    requests: new MailRequestService(core),
    tokens: new OneTimeTokenService({ ...core, secret }),
    passwords: new PasswordService({ productName, breachCheck }),
    secret,
    productName,
    relyingParty: relyingPartyOf(baseUrl, productName),
  };
  const verification = new VerificationService(shared);
  const authentication = new AuthenticationService({ ...shared, ...config, verification });
  const proof = new RecentProofService({ ...shared, authentication });
  return {
    ...shared,
    verification,
    authentication,
    proof,
    passwordReset: new PasswordResetService(shared),
    emailSignIn: new EmailSignInService(shared),
    secondFactor: new SecondFactorService({ ...shared, proof }),
    passkeys: new PasskeyService({ ...shared, proof }),
    passkeySignIn: new PasskeySignInService({ ...shared, authentication }),
  };
}
