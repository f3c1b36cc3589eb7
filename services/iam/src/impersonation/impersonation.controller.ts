import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './impersonation.dto.ts';
import { ImpersonationService } from './impersonation.service.ts';

@Controller('api/v1')
export class ImpersonationController {
  readonly #impersonations: ImpersonationService;
  constructor(@Inject(ImpersonationService) impersonations: ImpersonationService) {
    this.#impersonations = impersonations;
  }

  @Handles(operations.startImpersonation)
  async start({
    principal,
    body,
    browser,
  }: OperationInput<typeof operations.startImpersonation>): Promise<
    OperationOutput<typeof operations.startImpersonation>
  > {
    const started = await this.#impersonations.start(principal, body, browser);
    return { ...started, endsAt: started.endsAt.toISOString() };
  }

  @Handles(operations.endImpersonation)
  async end({ principal, browser }: OperationInput<typeof operations.endImpersonation>): Promise<undefined> {
    await this.#impersonations.end(principal, browser);
  }
}
