import { DomainError } from '@plinth/common';

/** A provider that a file of the operator's declares is changed there. */
export class ProviderDeclaredError extends DomainError {
  readonly code = 'identity_provider.declared';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The identity provider "${id}" is declared in a file.`, {
      suggestion: 'Change it in the file that IAM_IDENTITY_PROVIDERS_FILE names, and restart.',
    });
  }
}

/** Metadata of a SAML provider that says nothing usable. */
export class MetadataInvalidError extends DomainError {
  readonly code = 'identity_provider.metadata_invalid';
  readonly kind = 'invalid';
  constructor(path: string, reason: string) {
    super(`The metadata of the SAML provider cannot be used: ${reason}.`, {
      faults: [{ path, message: `cannot be used: ${reason}` }],
    });
  }
}
