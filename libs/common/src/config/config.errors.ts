import { DomainError } from '../errors/domain-error.ts';

export interface VariableFault {
  readonly variable: string;
  readonly message: string;
}

/** All faults of the environment together. A process that meets it ends with exit code 78 (EX_CONFIG). */
export class ConfigurationError extends DomainError {
  readonly code = 'config.invalid';
  readonly kind = 'invalid';
  readonly exitCode = 78;
  constructor(faults: readonly VariableFault[]) {
    super(
      `The configuration has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n` +
        faults.map((fault) => `  ${fault.variable}: ${fault.message}`).join('\n'),
      {
        faults: faults.map((fault) => ({ path: fault.variable, message: fault.message })),
        suggestion: 'Correct these environment variables and start again.',
      },
    );
  }
}
