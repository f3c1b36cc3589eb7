import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { assertInScope } from '../caller/caller.ts';
import * as operations from './membership.dto.ts';
import { toResponse } from './membership.dto.ts';
import { MembershipService } from './membership.service.ts';

@Controller('api/v1')
export class MembershipController {
  readonly #memberships: MembershipService;
  constructor(@Inject(MembershipService) memberships: MembershipService) {
    this.#memberships = memberships;
  }

  @Handles(operations.listMembers)
  async list({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listMembers>): Promise<OperationOutput<typeof operations.listMembers>> {
    const page = await this.#memberships.listMembers(tenantId, params.organizationId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.removeMember)
  async remove({ principal, params }: OperationInput<typeof operations.removeMember>): Promise<undefined> {
    await this.#memberships.removeMember(principal, params.organizationId, params.userId);
  }

  @Handles(operations.leaveOrganization)
  async leave({ principal, params }: OperationInput<typeof operations.leaveOrganization>): Promise<undefined> {
    assertInScope(principal, 'organization:write');
    await this.#memberships.leave(principal, params.organizationId);
  }

  @Handles(operations.transferOwnership)
  async transfer({ principal, params, body }: OperationInput<typeof operations.transferOwnership>): Promise<undefined> {
    await this.#memberships.transferOwnership(principal, params.organizationId, body.userId);
  }
}
