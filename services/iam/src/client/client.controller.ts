import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './client.dto.ts';
import { toResponse } from './client.dto.ts';
import { ClientService } from './client.service.ts';
import type { ClientSettings } from './client.ts';

@Controller('api/v1')
export class ClientController {
  readonly #clients: ClientService;
  constructor(@Inject(ClientService) clients: ClientService) {
    this.#clients = clients;
  }

  @Handles(operations.listClients)
  async list({
    query,
  }: OperationInput<typeof operations.listClients>): Promise<OperationOutput<typeof operations.listClients>> {
    const page = await this.#clients.listClients(query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getClient)
  async get({
    params,
  }: OperationInput<typeof operations.getClient>): Promise<OperationOutput<typeof operations.getClient>> {
    return toResponse(await this.#clients.getClient(params.clientId));
  }

  @Handles(operations.createClient)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createClient>): Promise<OperationOutput<typeof operations.createClient>> {
    const { client, secret } = await this.#clients.createClient(principal, body);
    return { ...toResponse(client), secret: secret ?? null };
  }

  @Handles(operations.updateClient)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateClient>): Promise<OperationOutput<typeof operations.updateClient>> {
    const settings = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    ) as Partial<ClientSettings>;
    return toResponse(await this.#clients.updateClient(principal, params.clientId, { settings, version: ifMatch }));
  }

  @Handles(operations.rotateClientSecret)
  async rotate({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.rotateClientSecret>): Promise<
    OperationOutput<typeof operations.rotateClientSecret>
  > {
    const { secret, endsAt } = await this.#clients.rotateSecret(principal, params.clientId, body.overlapSeconds);
    return { secret, previousEndsAt: endsAt.toISOString() };
  }

  @Handles(operations.deleteClient)
  async delete({ principal, params }: OperationInput<typeof operations.deleteClient>): Promise<undefined> {
    await this.#clients.deleteClient(principal, params.clientId);
  }
}
