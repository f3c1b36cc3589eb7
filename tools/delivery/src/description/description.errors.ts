import { DomainError } from '@plinth/common/errors';

/** The file of the description cannot be read, or is no description. */
export class DescriptionNotLoadedError extends DomainError {
  readonly code = 'description.not_loaded';
  readonly kind = 'invalid';
  readonly exitCode = 66;
  constructor(file: string, cause: unknown) {
    super(`${file} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      suggestion: 'Name the file that has `export const platform = definePlatform({ … })`: plinth check <file>.',
    });
  }
}

/** No file was named, and none is where it usually is. */
export class DescriptionMissingError extends DomainError {
  readonly code = 'description.missing';
  readonly kind = 'invalid';
  readonly exitCode = 66;
  constructor(usual: readonly string[]) {
    super(`There is no platform description: neither ${usual.join(' nor ')}.`, {
      suggestion: 'Name the file: plinth check examples/home-lab/platform.ts.',
    });
  }
}

/** The description has faults; nothing is made from it. */
export class DescriptionFaultyError extends DomainError {
  readonly code = 'description.faulty';
  readonly kind = 'invalid';
  constructor(file: string, count: number) {
    super(`${file} has ${count} ${count === 1 ? 'fault' : 'faults'}, so nothing is made from it.`, {
      suggestion: `plinth check ${file} shows each with its place and its fix.`,
    });
  }
}
