import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { FederationService } from '../federation/federation.service.ts';
import * as operations from './identity-provider.dto.ts';
import { toResponse } from './identity-provider.dto.ts';
import { IdentityProviderService } from './identity-provider.service.ts';
import type { ShownProvider } from './provider-audit.ts';

@Controller('api/v1')
export class IdentityProviderController {
  readonly #providers: IdentityProviderService;
  readonly #federation: FederationService;

  constructor(
    @Inject(IdentityProviderService) providers: IdentityProviderService,
    @Inject(FederationService) federation: FederationService,
  ) {
    this.#providers = providers;
    this.#federation = federation;
  }

  @Handles(operations.listIdentityProviders)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listIdentityProviders>): Promise<
    OperationOutput<typeof operations.listIdentityProviders>
  > {
    const { realm, ...page } = query;
    const found = await this.#providers.list(principal, realm, page);
    return { ...found, data: found.data.map((provider) => this.#show(provider)) };
  }

  @Handles(operations.getIdentityProvider)
  async get({
    principal,
    params,
    query,
  }: OperationInput<typeof operations.getIdentityProvider>): Promise<
    OperationOutput<typeof operations.getIdentityProvider>
  > {
    return this.#show(await this.#providers.get(principal, query.realm, params.providerId));
  }

  @Handles(operations.createIdentityProvider)
  async create({
    principal,
    query,
    body,
  }: OperationInput<typeof operations.createIdentityProvider>): Promise<
    OperationOutput<typeof operations.createIdentityProvider>
  > {
    return this.#show(await this.#providers.create(principal, query.realm, body));
  }

  @Handles(operations.updateIdentityProvider)
  async update({
    principal,
    params,
    query,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateIdentityProvider>): Promise<
    OperationOutput<typeof operations.updateIdentityProvider>
  > {
    const target = { id: params.providerId, version: ifMatch };
    return this.#show(await this.#providers.update(principal, query.realm, target, body));
  }

  @Handles(operations.deleteIdentityProvider)
  async delete({
    principal,
    params,
    query,
  }: OperationInput<typeof operations.deleteIdentityProvider>): Promise<undefined> {
    await this.#providers.delete(principal, query.realm, params.providerId);
  }

  @Handles(operations.testIdentityProvider)
  async test({
    principal,
    params,
    query,
  }: OperationInput<typeof operations.testIdentityProvider>): Promise<
    OperationOutput<typeof operations.testIdentityProvider>
  > {
    const checks = await this.#federation.check(
      await this.#providers.getReady(principal, query.realm, params.providerId),
    );
    return { ok: checks.every((check) => check.ok), checks };
  }

  #show(provider: ShownProvider) {
    return toResponse(provider, {
      callbackUrl: this.#federation.callbackUrl(provider.id),
      metadataUrl: this.#federation.metadataUrl(provider.id),
    });
  }
}
