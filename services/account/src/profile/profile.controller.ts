import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './profile.dto.ts';
import { toResponse } from './profile.dto.ts';
import { ProfileService } from './profile.service.ts';

@Controller('api/v1')
export class ProfileController {
  readonly #profiles: ProfileService;
  constructor(@Inject(ProfileService) profiles: ProfileService) {
    this.#profiles = profiles;
  }

  @Handles(operations.getOwnProfile)
  async get({
    principal,
  }: OperationInput<typeof operations.getOwnProfile>): Promise<OperationOutput<typeof operations.getOwnProfile>> {
    return toResponse(await this.#profiles.getOwnProfile(principal));
  }

  @Handles(operations.updateOwnProfile)
  async update({
    principal,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateOwnProfile>): Promise<OperationOutput<typeof operations.updateOwnProfile>> {
    return toResponse(await this.#profiles.updateOwnProfile(principal, body, ifMatch));
  }
}
