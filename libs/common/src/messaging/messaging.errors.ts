import { DomainError } from '../errors/domain-error.ts';

export class UnknownUseCaseError extends DomainError {
  readonly code = 'messaging.unknown_use_case';
  readonly kind = 'internal';
  constructor(service: string, topic: string, type: string, useCase: string) {
    super(`The manifest of ${service} routes ${type} of ${topic} to "${useCase}", which the service does not have.`, {
      suggestion: 'Correct the name in service.manifest.ts or add the use case.',
    });
  }
}
