import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { Controller, Inject } from '@nestjs/common';
import * as operations from './entitlement.dto.ts';
import { EntitlementService } from './entitlement.service.ts';

@Controller('api/v1')
export class EntitlementController {
  readonly #entitlements: EntitlementService;
  constructor(@Inject(EntitlementService) entitlements: EntitlementService) {
    this.#entitlements = entitlements;
  }

  @Handles(operations.getEntitlements)
  async get({
    tenantId,
    query,
  }: OperationInput<typeof operations.getEntitlements>): Promise<OperationOutput<typeof operations.getEntitlements>> {
    const { accountId, entitlements, anchor, period } = await this.#entitlements.getEntitlements(
      tenantId,
      query.accountId,
    );
    return { accountId, entitlements: [...entitlements], anchor, period };
  }
}
