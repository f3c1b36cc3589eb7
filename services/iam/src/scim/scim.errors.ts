import { DomainError } from '@plinth/common';

/** What `scimType` says of an error (RFC 7644, table 9). */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

/** An error that has a name of its own in SCIM. */
export abstract class ScimError extends DomainError {
  abstract readonly scimType: ScimType;
}

export class InvalidFilterError extends ScimError {
  readonly code = 'scim.invalid_filter';
  readonly kind = 'invalid';
  readonly scimType = 'invalidFilter';
  /** `at`: the character where it goes wrong, counted from 1. */
  constructor(message: string, at?: number) {
    super(at === undefined ? `The filter ${message}.` : `The filter ${message} at character ${at}.`);
  }
}

/** The filter names an attribute that this kind of resource does not have. */
export class UnknownAttributeError extends InvalidFilterError {
  constructor(path: string, kind: string, at: number) {
    super(`names "${path}", which ${kind} does not have`, at);
  }
}

export class TooManyError extends ScimError {
  readonly code = 'scim.too_many';
  readonly kind = 'invalid';
  readonly scimType = 'tooMany';
  constructor(what: string, most: number) {
    super(`There are more than ${most} ${what}.`, { suggestion: 'Send several smaller requests.' });
  }
}

export class UniquenessError extends ScimError {
  readonly code = 'scim.uniqueness';
  readonly kind = 'conflict';
  readonly scimType = 'uniqueness';
  constructor(attribute: string, value: string) {
    super(`Another resource has the ${attribute} "${value}".`);
  }
}

/** The address belongs to somebody whom the tenant has no say over. */
export class ForeignPersonError extends ScimError {
  readonly code = 'scim.foreign_person';
  readonly kind = 'conflict';
  readonly scimType = 'uniqueness';
  constructor(email: string) {
    super(`${email} belongs to somebody who is no member of this tenant.`, {
      suggestion: 'Invite the person, or verify the domain of the address under /email-domains first.',
    });
  }
}

export class MutabilityError extends ScimError {
  readonly code = 'scim.mutability';
  readonly kind = 'invalid';
  readonly scimType = 'mutability';
  constructor(attribute: string) {
    super(`The attribute ${attribute} cannot be changed.`);
  }
}

export class InvalidSyntaxError extends ScimError {
  readonly code = 'scim.invalid_syntax';
  readonly kind = 'invalid';
  readonly scimType = 'invalidSyntax';
}

export class InvalidPathError extends ScimError {
  readonly code = 'scim.invalid_path';
  readonly kind = 'invalid';
  readonly scimType = 'invalidPath';
  constructor(path: string) {
    super(`The path "${path}" names no attribute of this resource.`);
  }
}

export class NoTargetError extends ScimError {
  readonly code = 'scim.no_target';
  readonly kind = 'invalid';
  readonly scimType = 'noTarget';
  constructor(message: string) {
    super(message);
  }
}

export class InvalidValueError extends ScimError {
  readonly code = 'scim.invalid_value';
  readonly kind = 'invalid';
  readonly scimType = 'invalidValue';
  constructor(attribute: string, message: string) {
    super(`${attribute} ${message}.`);
  }
}

export class CredentialRefusedError extends DomainError {
  readonly code = 'scim.credential_refused';
  readonly kind = 'forbidden';
  constructor() {
    super('Directories come with an API key that has the scope scim:write, or as a service account that holds it.');
  }
}
