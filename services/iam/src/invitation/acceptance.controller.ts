import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toProgressResponse } from '../authentication/authentication.dto.ts';
import { TrustedOrigins } from '../authentication/trusted-origin.ts';
import { AcceptanceService } from './acceptance.service.ts';
import * as operations from './invitation.dto.ts';

@Controller('api/v1')
export class AcceptanceController {
  readonly #acceptance: AcceptanceService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(AcceptanceService) acceptance: AcceptanceService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#acceptance = acceptance;
    this.#origins = origins;
  }

  @Handles(operations.lookUpInvitation)
  async lookUp({
    body,
    headers,
  }: OperationInput<typeof operations.lookUpInvitation>): Promise<OperationOutput<typeof operations.lookUpInvitation>> {
    this.#origins.assert(headers);
    const { email, organizationName, expiresAt, hasAccount } = await this.#acceptance.lookUp(body.token);
    return { email, organizationName, expiresAt: expiresAt.toISOString(), hasAccount };
  }

  @Handles(operations.acceptInvitation)
  async accept({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.acceptInvitation>): Promise<OperationOutput<typeof operations.acceptInvitation>> {
    this.#origins.assert(headers);
    const { tenantId, organizationId } = await this.#acceptance.accept(body.token, browser);
    return { tenantId, organizationId };
  }

  @Handles(operations.acceptInvitationAsCaller)
  async acceptAsCaller({
    principal,
    body,
  }: OperationInput<typeof operations.acceptInvitationAsCaller>): Promise<
    OperationOutput<typeof operations.acceptInvitationAsCaller>
  > {
    const { tenantId, organizationId } = await this.#acceptance.acceptAs(body.token, principal);
    return { tenantId, organizationId };
  }

  @Handles(operations.signUpByInvitation)
  async signUp({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.signUpByInvitation>): Promise<
    OperationOutput<typeof operations.signUpByInvitation>
  > {
    this.#origins.assert(headers);
    const progress = await this.#acceptance.signUp(body, browser);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }
}
