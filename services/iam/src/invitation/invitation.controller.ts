import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { InvitationService } from './invitation.service.ts';
import * as operations from './invitation.dto.ts';
import { toResponse } from './invitation.dto.ts';

@Controller('api/v1')
export class InvitationController {
  readonly #invitations: InvitationService;
  constructor(@Inject(InvitationService) invitations: InvitationService) {
    this.#invitations = invitations;
  }

  @Handles(operations.createInvitation)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createInvitation>): Promise<OperationOutput<typeof operations.createInvitation>> {
    return toResponse(await this.#invitations.invite(principal, body), this.#invitations.now);
  }

  @Handles(operations.listInvitations)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listInvitations>): Promise<OperationOutput<typeof operations.listInvitations>> {
    const page = await this.#invitations.list(tenantId, query);
    return { ...page, data: page.data.map((invitation) => toResponse(invitation, this.#invitations.now)) };
  }

  @Handles(operations.getInvitation)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getInvitation>): Promise<OperationOutput<typeof operations.getInvitation>> {
    return toResponse(await this.#invitations.get(tenantId, params.invitationId), this.#invitations.now);
  }

  @Handles(operations.resendInvitation)
  async resend({
    principal,
    params,
  }: OperationInput<typeof operations.resendInvitation>): Promise<OperationOutput<typeof operations.resendInvitation>> {
    return toResponse(await this.#invitations.resend(principal, params.invitationId), this.#invitations.now);
  }

  @Handles(operations.revokeInvitation)
  async revoke({ principal, params }: OperationInput<typeof operations.revokeInvitation>): Promise<undefined> {
    await this.#invitations.revoke(principal, params.invitationId);
  }
}
