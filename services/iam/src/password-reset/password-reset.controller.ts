import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { TrustedOrigins } from '../authentication/trusted-origin.ts';
import { preferredLocale } from '../mail/locale.ts';
import * as operations from './password-reset.dto.ts';
import { PasswordResetService } from './password-reset.service.ts';

@Controller('api/v1')
export class PasswordResetController {
  readonly #resets: PasswordResetService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(PasswordResetService) resets: PasswordResetService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#resets = resets;
    this.#origins = origins;
  }

  @Handles(operations.requestPasswordReset)
  async request({
    body,
    headers,
  }: OperationInput<typeof operations.requestPasswordReset>): Promise<
    OperationOutput<typeof operations.requestPasswordReset>
  > {
    this.#origins.assert(headers);
    this.#resets.request(body.email, preferredLocale(headers['accept-language']));
    return { requested: true };
  }

  @Handles(operations.confirmPasswordReset)
  async confirm({
    body,
    headers,
  }: OperationInput<typeof operations.confirmPasswordReset>): Promise<
    OperationOutput<typeof operations.confirmPasswordReset>
  > {
    this.#origins.assert(headers);
    await this.#resets.confirm(body);
    return { changed: true };
  }
}
