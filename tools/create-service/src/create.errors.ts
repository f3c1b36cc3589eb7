import { DomainError } from '@plinth/common/errors';

/** A name that cannot be one: its form, its length, or a word that means something already. */
export class NameInvalidError extends DomainError {
  readonly code = 'create.name_invalid';
  readonly kind = 'invalid';
  constructor(what: string, name: string, because: string, suggestion: string) {
    super(`"${name}" cannot be the name of ${what}: ${because}.`, { suggestion });
  }
}

export class NameTakenError extends DomainError {
  readonly code = 'create.name_taken';
  readonly kind = 'conflict';
  constructor(name: string, by: string) {
    super(`"${name}" is taken: ${by}.`, { suggestion: 'Choose another name. Nothing was written.' });
  }
}

/** The work tree does not have the place where something new is entered. */
export class AnchorMissingError extends DomainError {
  readonly code = 'create.anchor_missing';
  readonly kind = 'precondition';
  constructor(path: string, anchor: string) {
    super(`${path} has no ${anchor}, so nothing can be entered there.`, {
      suggestion: 'Bring it back as it is in the repository. Nothing was written.',
    });
  }
}

export class WorkTreeMissingError extends DomainError {
  readonly code = 'create.work_tree_missing';
  readonly kind = 'not_found';
  constructor(folder: string) {
    super(`${folder} is in no work tree of Plinth.`, {
      suggestion: 'Run the command in the folder of the repository, or below it.',
    });
  }
}

export class ApplicationTypeUnknownError extends DomainError {
  readonly code = 'create.application_type_unknown';
  readonly kind = 'invalid';
  constructor(type: string, known: readonly string[]) {
    super(`There is no application type "${type}".`, { suggestion: `Known types: ${known.join(', ')}.` });
  }
}

export class PortInvalidError extends DomainError {
  readonly code = 'create.port_invalid';
  readonly kind = 'invalid';
  constructor(port: number) {
    super(`${port} is no port that a service can use.`, { suggestion: 'Take one between 1024 and 65535.' });
  }
}
