import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toProgressResponse } from '../authentication/authentication.dto.ts';
import { TrustedOrigins } from '../authentication/trusted-origin.ts';
import { preferredLocale } from '../mail/locale.ts';
import { PasskeySignInService } from './passkey-sign-in.service.ts';
import * as operations from './passkey.dto.ts';
import { toPasskeyResponse } from './passkey.dto.ts';
import { PasskeyService } from './passkey.service.ts';

@Controller('api/v1')
export class PasskeyController {
  readonly #passkeys: PasskeyService;
  readonly #signIns: PasskeySignInService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(PasskeyService) passkeys: PasskeyService,
    @Inject(PasskeySignInService) signIns: PasskeySignInService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#passkeys = passkeys;
    this.#signIns = signIns;
    this.#origins = origins;
  }

  @Handles(operations.beginPasskeyRegistration)
  async beginRegistration({
    principal,
    body,
  }: OperationInput<typeof operations.beginPasskeyRegistration>): Promise<
    OperationOutput<typeof operations.beginPasskeyRegistration>
  > {
    return { ...(await this.#passkeys.beginRegistration(principal, body.password)) };
  }

  @Handles(operations.createPasskey)
  async create({
    principal,
    body,
    browser,
  }: OperationInput<typeof operations.createPasskey>): Promise<OperationOutput<typeof operations.createPasskey>> {
    const { passkey, cookie } = await this.#passkeys.register(principal, body, browser);
    if (cookie !== undefined) browser.setCookie(cookie);
    return toPasskeyResponse(passkey);
  }

  @Handles(operations.listPasskeys)
  async list({
    principal,
  }: OperationInput<typeof operations.listPasskeys>): Promise<OperationOutput<typeof operations.listPasskeys>> {
    return { data: (await this.#passkeys.listOwn(principal)).map(toPasskeyResponse) };
  }

  @Handles(operations.renamePasskey)
  async rename({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.renamePasskey>): Promise<OperationOutput<typeof operations.renamePasskey>> {
    return toPasskeyResponse(await this.#passkeys.rename(principal, params.passkeyId, body.name));
  }

  @Handles(operations.deletePasskey)
  async delete({ principal, params }: OperationInput<typeof operations.deletePasskey>): Promise<undefined> {
    await this.#passkeys.remove(principal, params.passkeyId);
  }

  @Handles(operations.beginPasskeySignIn)
  async beginSignIn({
    browser,
    headers,
  }: OperationInput<typeof operations.beginPasskeySignIn>): Promise<
    OperationOutput<typeof operations.beginPasskeySignIn>
  > {
    this.#origins.assert(headers);
    return { ...(await this.#signIns.begin(browser)) };
  }

  @Handles(operations.completePasskeySignIn)
  async completeSignIn({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.completePasskeySignIn>): Promise<
    OperationOutput<typeof operations.completePasskeySignIn>
  > {
    this.#origins.assert(headers);
    const locale = preferredLocale(headers['accept-language']);
    const progress = await this.#signIns.complete(body.credential, browser, locale);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }
}
