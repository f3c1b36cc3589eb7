import { DomainError } from '@plinth/common';

export class ExportRunningError extends DomainError {
  readonly code = 'tenant.export_running';
  readonly kind = 'conflict';
  constructor() {
    super('An export of this tenant is being made.', { suggestion: 'Wait until it is ready.' });
  }
}

export class ExportNotReadyError extends DomainError {
  readonly code = 'tenant.export_not_ready';
  readonly kind = 'conflict';
  constructor(status: string) {
    super(`The export is ${status} and cannot be downloaded.`);
  }
}
