import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { renderSVG } from 'uqr';
import { toProgressResponse } from '../authentication/authentication.dto.ts';
import { TrustedOrigins } from '../authentication/trusted-origin.ts';
import * as operations from './second-factor.dto.ts';
import { SecondFactorService } from './second-factor.service.ts';

@Controller('api/v1')
export class SecondFactorController {
  readonly #secondFactors: SecondFactorService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(SecondFactorService) secondFactors: SecondFactorService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#secondFactors = secondFactors;
    this.#origins = origins;
  }

  @Handles(operations.getAuthenticator)
  async get({
    principal,
  }: OperationInput<typeof operations.getAuthenticator>): Promise<OperationOutput<typeof operations.getAuthenticator>> {
    const { confirmedAt, recoveryCodesLeft } = await this.#secondFactors.getState(principal);
    return { confirmedAt: confirmedAt?.toISOString() ?? null, recoveryCodesLeft };
  }

  @Handles(operations.createAuthenticator)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createAuthenticator>): Promise<
    OperationOutput<typeof operations.createAuthenticator>
  > {
    const draft = await this.#secondFactors.begin(principal, body.password);
    return { ...draft, qrCode: renderSVG(draft.uri) };
  }

  @Handles(operations.confirmAuthenticator)
  async confirm({
    principal,
    body,
    browser,
  }: OperationInput<typeof operations.confirmAuthenticator>): Promise<
    OperationOutput<typeof operations.confirmAuthenticator>
  > {
    const { recoveryCodes, cookie } = await this.#secondFactors.confirm(principal, body.code, browser);
    if (cookie !== undefined) browser.setCookie(cookie);
    return { recoveryCodes };
  }

  @Handles(operations.removeAuthenticator)
  async remove({
    principal,
    body,
  }: OperationInput<typeof operations.removeAuthenticator>): Promise<
    OperationOutput<typeof operations.removeAuthenticator>
  > {
    await this.#secondFactors.remove(principal, body.password);
    return { removed: true };
  }

  @Handles(operations.renewRecoveryCodes)
  async renew({
    principal,
    body,
  }: OperationInput<typeof operations.renewRecoveryCodes>): Promise<
    OperationOutput<typeof operations.renewRecoveryCodes>
  > {
    return { recoveryCodes: await this.#secondFactors.renewRecoveryCodes(principal, body.password) };
  }

  @Handles(operations.completeSecondFactor)
  async complete({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.completeSecondFactor>): Promise<
    OperationOutput<typeof operations.completeSecondFactor>
  > {
    this.#origins.assert(headers);
    const progress = await this.#secondFactors.complete(body, browser);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }
}
