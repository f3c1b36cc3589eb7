import { InvalidInputError } from '@plinth/common';
import { PasswordBreachedError } from './authentication.errors.ts';
import type { BreachCheckService } from './breach-check.service.ts';
import { CommonPasswords } from './common-passwords.ts';
import { isMonotonous, isPersonal, listForms } from './password-rules.ts';

export interface PasswordServiceOptions {
  readonly productName: string;
  /** Asked after the bundled list; undefined: nobody outside is asked. */
  readonly breachCheck: BreachCheckService | undefined;
}

/** Says whether a password may be used: the same at sign-up, change and reset. */
export class PasswordService {
  readonly #options: PasswordServiceOptions;
  #common: Promise<CommonPasswords> | undefined;

  constructor(options: PasswordServiceOptions) {
    this.#options = options;
  }

  /** Throws for a password that others try first. `path` is where it stands in the request. */
  async assertAcceptable(input: {
    readonly password: string;
    readonly email: string;
    readonly path: string;
  }): Promise<void> {
    const { productName, breachCheck } = this.#options;
    const { password, email, path } = input;
    if (isPersonal(password, { email, productName })) {
      const message = `must contain neither your email address nor ${productName}`;
      throw new InvalidInputError([{ path, message }]);
    }
    // Read by the first password that is set, and kept: it is a few hundred kilobytes.
    const common = await (this.#common ??= CommonPasswords.load());
    if (isMonotonous(password) || listForms(password).some((form) => common.has(form)))
      throw new PasswordBreachedError(path);
    if (await breachCheck?.isBreached(password)) throw new PasswordBreachedError(path);
  }
}
