import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import type { ProfileService } from './profile.service.ts';

/** Gives each new identity its profile. */
export class CreateProfile implements UseCase<EventData<'identity.created'>> {
  readonly #profiles: ProfileService;
  constructor(profiles: ProfileService) {
    this.#profiles = profiles;
  }

  async handle(transaction: Transaction, event: EventEnvelope<EventData<'identity.created'>>): Promise<void> {
    await this.#profiles.createProfileIn(transaction, event.data);
  }
}
