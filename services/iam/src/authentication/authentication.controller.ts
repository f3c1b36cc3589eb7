import { Controller, Inject } from '@nestjs/common';
import { idSchema } from '@plinth/contracts';
import {
  Handles,
  InvalidInputError,
  UnauthenticatedError,
  type OperationInput,
  type OperationOutput,
} from '@plinth/common';
import { AccessTokenService } from '../access-token/access-token.service.ts';
import { preferredLocale } from '../mail/locale.ts';
import { SessionService } from '../session/session.service.ts';
import { SigningKeyService } from '../signing-key/signing-key.service.ts';
import * as operations from './authentication.dto.ts';
import { toProgressResponse, toSessionResponse } from './authentication.dto.ts';
import { AuthenticationService } from './authentication.service.ts';
import { TrustedOrigins } from './trusted-origin.ts';

@Controller('api/v1')
export class AuthenticationController {
  readonly #authentication: AuthenticationService;
  readonly #sessions: SessionService;
  readonly #tokens: AccessTokenService;
  readonly #keys: SigningKeyService;
  readonly #origins: TrustedOrigins;

  constructor(
    @Inject(AuthenticationService) authentication: AuthenticationService,
    @Inject(SessionService) sessions: SessionService,
    @Inject(AccessTokenService) tokens: AccessTokenService,
    @Inject(SigningKeyService) keys: SigningKeyService,
    @Inject(TrustedOrigins) origins: TrustedOrigins,
  ) {
    this.#authentication = authentication;
    this.#sessions = sessions;
    this.#tokens = tokens;
    this.#keys = keys;
    this.#origins = origins;
  }

  @Handles(operations.signUp)
  async signUp({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.signUp>): Promise<OperationOutput<typeof operations.signUp>> {
    this.#origins.assert(headers);
    const locale = preferredLocale(headers['accept-language']);
    const progress = await this.#authentication.signUp({ ...body, locale }, browser);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }

  @Handles(operations.signIn)
  async signIn({
    body,
    browser,
    headers,
  }: OperationInput<typeof operations.signIn>): Promise<OperationOutput<typeof operations.signIn>> {
    this.#origins.assert(headers);
    const locale = preferredLocale(headers['accept-language']);
    const progress = await this.#authentication.signIn({ ...body, locale }, browser);
    if (progress.cookie !== undefined) browser.setCookie(progress.cookie);
    return toProgressResponse(progress);
  }

  @Handles(operations.signOut)
  async signOut({
    browser,
    headers,
  }: OperationInput<typeof operations.signOut>): Promise<OperationOutput<typeof operations.signOut>> {
    this.#origins.assert(headers);
    browser.setCookie(await this.#authentication.signOut(browser));
    return { signedOut: true };
  }

  @Handles(operations.getSession)
  async getSession({
    browser,
  }: OperationInput<typeof operations.getSession>): Promise<OperationOutput<typeof operations.getSession>> {
    return toSessionResponse(await this.#sessions.find(browser.cookies));
  }

  @Handles(operations.getToken)
  async getToken({
    browser,
    headers,
  }: OperationInput<typeof operations.getToken>): Promise<OperationOutput<typeof operations.getToken>> {
    const caller = await this.#sessions.authenticateCookies(browser.cookies, requestedTenant(headers));
    if (caller === undefined) throw new UnauthenticatedError();
    return { token: await this.#tokens.issue(caller), expiresIn: this.#tokens.lifetimeSeconds };
  }

  @Handles(operations.listSigningKeys)
  async listSigningKeys(
    _input: OperationInput<typeof operations.listSigningKeys>,
  ): Promise<OperationOutput<typeof operations.listSigningKeys>> {
    return { keys: (await this.#keys.listPublic()).map((key) => ({ ...key })) };
  }

  @Handles(operations.changePassword)
  async changePassword({
    principal,
    body,
    browser,
  }: OperationInput<typeof operations.changePassword>): Promise<OperationOutput<typeof operations.changePassword>> {
    browser.setCookie(await this.#authentication.changePassword(principal, body, browser));
    return { changed: true };
  }
}

function requestedTenant(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const header = headers['x-tenant-id'];
  if (header === undefined) return undefined;
  const parsed = idSchema.safeParse(header);
  if (!parsed.success) throw new InvalidInputError([{ path: '/headers/x-tenant-id', message: 'must be a UUID' }]);
  return parsed.data;
}
