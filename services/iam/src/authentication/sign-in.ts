import type { Locale } from '../mail/locale.ts';
import type { SignInUser } from './sign-in-user.store.ts';

/** The browser that signs in, as far as signing in looks at it. */
export interface SignInBrowser {
  readonly ip: string;
  readonly userAgent: string | undefined;
  /** Its Cookie header. */
  readonly cookies: string | undefined;
}

/** What there is to do before the session counts; `sign_in`: there is no session yet, `verify_email`: nor a user. */
export type NextStep = 'done' | 'second_factor' | 'verify_email' | 'sign_in';

/** Where a sign-in or sign-up has got to. */
export interface SignInProgress {
  readonly next: NextStep;
  /** Undefined where saying who it is would tell whether an address is known. */
  readonly user?: SignInUser;
  /** Set-Cookie header to send. */
  readonly cookie?: string;
}

/** A sign-up as somebody filled it in. */
export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** What their browser asks for. */
  readonly locale?: Locale | undefined;
}
