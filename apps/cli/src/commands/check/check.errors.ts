import { DomainError } from '@plinth/common/errors';

/** A folder that nothing was rendered into. */
export class NothingRenderedError extends DomainError {
  readonly code = 'render.nothing_rendered';
  readonly kind = 'invalid';
  readonly exitCode = 66;
  constructor(folder: string) {
    super(`${folder} has no list of rendered files.`, {
      suggestion: `Render into it first: plinth render --all --out ${folder}.`,
    });
  }
}
