import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toProgressResponse } from '../authentication/authentication.dto.ts';
import { TrustedOrigins } from '../authentication/trusted-origin.ts';
import { preferredLocale } from '../mail/locale.ts';
import * as operations from './verification.dto.ts';
import { VerificationService } from './verification.service.ts';

@Controller('api/v1')
export class VerificationController {
  readonly #verification: VerificationService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(VerificationService) verification: VerificationService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#verification = verification;
    this.#origins = origins;
  }

  @Handles(operations.verifyEmail)
  async verify({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.verifyEmail>): Promise<OperationOutput<typeof operations.verifyEmail>> {
    this.#origins.assert(headers);
    const progress = await this.#verification.confirm(body, browser);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }

  @Handles(operations.requestVerification)
  async request({
    body,
    headers,
  }: OperationInput<typeof operations.requestVerification>): Promise<
    OperationOutput<typeof operations.requestVerification>
  > {
    this.#origins.assert(headers);
    this.#verification.requestAgain(body.email, preferredLocale(headers['accept-language']));
    return { requested: true };
  }
}
