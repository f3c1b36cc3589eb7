import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toProgressResponse } from '../authentication/authentication.dto.ts';
import { TrustedOrigins } from '../authentication/trusted-origin.ts';
import { preferredLocale } from '../mail/locale.ts';
import * as operations from './email-sign-in.dto.ts';
import { EmailSignInService } from './email-sign-in.service.ts';

@Controller('api/v1')
export class EmailSignInController {
  readonly #signIns: EmailSignInService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(EmailSignInService) signIns: EmailSignInService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#signIns = signIns;
    this.#origins = origins;
  }

  @Handles(operations.requestEmailSignIn)
  async request({
    body,
    headers,
  }: OperationInput<typeof operations.requestEmailSignIn>): Promise<
    OperationOutput<typeof operations.requestEmailSignIn>
  > {
    this.#origins.assert(headers);
    this.#signIns.request(body.email, preferredLocale(headers['accept-language']));
    return { requested: true };
  }

  @Handles(operations.confirmEmailSignIn)
  async confirm({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.confirmEmailSignIn>): Promise<
    OperationOutput<typeof operations.confirmEmailSignIn>
  > {
    this.#origins.assert(headers);
    const progress = await this.#signIns.confirm(body, browser);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }
}
