import { DomainError } from '@plinth/common';

/** The file of the description cannot be read, or is no description. */
export class DescriptionNotLoadedError extends DomainError {
  readonly code = 'description.not_loaded';
  readonly kind = 'invalid';
  readonly exitCode = 66;
  constructor(file: string, cause: unknown) {
    super(`${file} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      suggestion: 'Name the file that has `export default definePlatform({ … })`: plinth check <file>.',
    });
  }
}
