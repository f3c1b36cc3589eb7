import { DomainError } from '@plinth/common/errors';

/** Rendered files were changed by hand; writing over them would lose that. */
export class RenderedFilesEditedError extends DomainError {
  readonly code = 'render.files_edited';
  readonly kind = 'conflict';
  constructor(paths: readonly string[]) {
    const shown = paths.slice(0, 5).join(', ');
    const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
    super(`Rendered files were edited by hand: ${shown}${more}.`, {
      details: { paths },
      suggestion: 'Bring the change into the description, then render with --force.',
    });
  }
}

/** A file or folder cannot be written where it was asked for. */
export class OutputNotWritableError extends DomainError {
  readonly code = 'render.output_not_writable';
  readonly kind = 'invalid';
  constructor(path: string, cause: Error) {
    super(`${path} cannot be written: ${cause.message}`, {
      cause,
      suggestion: 'Name another place, or make this one writable.',
    });
  }
}

/** A target that the description does not name. */
export class TargetNotNamedError extends DomainError {
  readonly code = 'render.target_not_named';
  readonly kind = 'invalid';
  readonly exitCode = 64;
  constructor(target: string, named: readonly string[]) {
    super(`The description does not name the target "${target}".`, {
      suggestion: `It names: ${named.join(', ')}. Add the target to \`targets\` in the description.`,
    });
  }
}

/** An environment that the description does not have. */
export class EnvironmentUnknownError extends DomainError {
  readonly code = 'render.environment_unknown';
  readonly kind = 'invalid';
  readonly exitCode = 64;
  constructor(environment: string, known: readonly string[]) {
    super(`The description has no environment "${environment}".`, { suggestion: `It has: ${known.join(', ')}.` });
  }
}
