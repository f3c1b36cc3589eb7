import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './sign-in-policy.dto.ts';
import { SignInPolicyService } from './sign-in-policy.service.ts';

@Controller('api/v1')
export class SignInPolicyController {
  readonly #policies: SignInPolicyService;
  constructor(@Inject(SignInPolicyService) policies: SignInPolicyService) {
    this.#policies = policies;
  }

  @Handles(operations.getSignInPolicy)
  async get({
    tenantId,
  }: OperationInput<typeof operations.getSignInPolicy>): Promise<OperationOutput<typeof operations.getSignInPolicy>> {
    const policy = await this.#policies.get(tenantId);
    return { ...policy, methods: [...policy.methods] };
  }

  @Handles(operations.replaceSignInPolicy)
  async replace({
    principal,
    tenantId,
    body,
    ifMatch,
  }: OperationInput<typeof operations.replaceSignInPolicy>): Promise<
    OperationOutput<typeof operations.replaceSignInPolicy>
  > {
    const policy = await this.#policies.replace(principal, tenantId, { policy: body, ifMatch });
    return { ...policy, methods: [...policy.methods] };
  }
}
