import { DomainError } from '@plinth/common';

/** The same for one that never was, one that has expired and one of another browser. */
export class InteractionUnknownError extends DomainError {
  readonly code = 'openid.interaction_unknown';
  readonly kind = 'not_found';
  constructor() {
    super('This sign-in has expired, or it was begun in another browser.', {
      suggestion: 'Go back to the application and begin again.',
    });
  }
}

export class DeviceCodeUnknownError extends DomainError {
  readonly code = 'openid.device_code_unknown';
  readonly kind = 'not_found';
  constructor() {
    super('No device waits with this code.', {
      suggestion: 'Look at the code again. One that is older than ten minutes is replaced on the device.',
    });
  }
}
