import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './email-domain.dto.ts';
import { toResponse } from './email-domain.dto.ts';
import { EmailDomainService } from './email-domain.service.ts';

@Controller('api/v1')
export class EmailDomainController {
  readonly #domains: EmailDomainService;
  constructor(@Inject(EmailDomainService) domains: EmailDomainService) {
    this.#domains = domains;
  }

  @Handles(operations.addEmailDomain)
  async add({
    principal,
    body,
  }: OperationInput<typeof operations.addEmailDomain>): Promise<OperationOutput<typeof operations.addEmailDomain>> {
    return toResponse(await this.#domains.add(principal, body));
  }

  @Handles(operations.listEmailDomains)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listEmailDomains>): Promise<OperationOutput<typeof operations.listEmailDomains>> {
    const page = await this.#domains.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getEmailDomain)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getEmailDomain>): Promise<OperationOutput<typeof operations.getEmailDomain>> {
    return toResponse(await this.#domains.get(tenantId, params.domainId));
  }

  @Handles(operations.verifyEmailDomain)
  async verify({
    principal,
    params,
  }: OperationInput<typeof operations.verifyEmailDomain>): Promise<
    OperationOutput<typeof operations.verifyEmailDomain>
  > {
    return toResponse(await this.#domains.verify(principal, params.domainId));
  }

  @Handles(operations.updateEmailDomain)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateEmailDomain>): Promise<
    OperationOutput<typeof operations.updateEmailDomain>
  > {
    return toResponse(await this.#domains.changeAutoJoin(principal, params.domainId, body.autoJoinRole, ifMatch));
  }

  @Handles(operations.removeEmailDomain)
  async remove({ principal, params }: OperationInput<typeof operations.removeEmailDomain>): Promise<undefined> {
    await this.#domains.remove(principal, params.domainId);
  }
}
