import { DomainError } from '../errors/domain-error.ts';

/** Neither the database nor the directory could take usage, so that the request may not be answered as done. */
export class UsageNotRecordedError extends DomainError {
  readonly code = 'usage.not_recorded';
  readonly kind = 'unavailable';
  constructor(cause?: unknown) {
    super('What this request used could not be recorded.', {
      cause,
      retryAfterSeconds: 5,
      suggestion: 'Send the request again.',
    });
  }
}

export class UsageWithoutAccountError extends DomainError {
  readonly code = 'usage.without_account';
  readonly kind = 'invalid';
  constructor(unit: string) {
    super(`Usage of ${unit} belongs to no account: the caller has no organization, and no account was given.`, {
      suggestion: 'Name the account, or call with a credential of an organization.',
    });
  }
}
