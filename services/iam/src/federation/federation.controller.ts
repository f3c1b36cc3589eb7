import { Controller, Inject } from '@nestjs/common';
import { Handles, InvalidInputError, type OperationInput, type OperationOutput } from '@plinth/common';
import { isSafeReturnPath } from '../openid/return-path.ts';
import * as operations from './federation.dto.ts';
import { toIdentityResponse } from './federation.dto.ts';
import { FederationService } from './federation.service.ts';
import { IdentityService } from './identity.service.ts';

@Controller('api/v1')
export class FederationController {
  readonly #federation: FederationService;
  readonly #identities: IdentityService;

  constructor(
    @Inject(FederationService) federation: FederationService,
    @Inject(IdentityService) identities: IdentityService,
  ) {
    this.#federation = federation;
    this.#identities = identities;
  }

  @Handles(operations.listSignInProviders)
  async listProviders(
    _input: OperationInput<typeof operations.listSignInProviders>,
  ): Promise<OperationOutput<typeof operations.listSignInProviders>> {
    return { data: await this.#federation.listChoices() };
  }

  @Handles(operations.discoverSignInProviders)
  async discover({
    body,
  }: OperationInput<typeof operations.discoverSignInProviders>): Promise<
    OperationOutput<typeof operations.discoverSignInProviders>
  > {
    return { data: await this.#federation.listChoicesFor(body.email) };
  }

  @Handles(operations.listIdentities)
  async list({
    principal,
  }: OperationInput<typeof operations.listIdentities>): Promise<OperationOutput<typeof operations.listIdentities>> {
    return { data: (await this.#identities.listOwn(principal)).map(toIdentityResponse) };
  }

  @Handles(operations.linkIdentity)
  async link({
    principal,
    body,
    browser,
  }: OperationInput<typeof operations.linkIdentity>): Promise<OperationOutput<typeof operations.linkIdentity>> {
    const { provider, returnTo, password } = body;
    if (returnTo !== undefined && !isSafeReturnPath(returnTo))
      throw new InvalidInputError([{ path: '/returnTo', message: 'must be a path of the platform' }]);
    const { location, cookie } = await this.#identities.beginLink(principal, {
      providerId: provider,
      returnTo,
      password,
    });
    browser.setCookie(cookie);
    return { location };
  }

  @Handles(operations.unlinkIdentity)
  async unlink({ principal, params }: OperationInput<typeof operations.unlinkIdentity>): Promise<undefined> {
    await this.#identities.removeOwn(principal, params.identityId);
  }
}
