import { DomainError } from '@plinth/common/errors';

export class OriginWildcardError extends DomainError {
  readonly code = 'gateway.origin_wildcard';
  readonly kind = 'invalid';
  constructor(origin: string, environment: string) {
    super(
      `The origin "${origin}" of the environment ${environment} would let foreign sites act for signed-in people.`,
      {
        suggestion: 'List the origins one by one; a pattern is for development and staging, and never `*` alone.',
      },
    );
  }
}
