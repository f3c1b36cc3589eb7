import { DomainError } from '@plinth/common';

export class AccountWouldCycleError extends DomainError {
  readonly code = 'account.would_cycle';
  readonly kind = 'conflict';
  constructor(id: string, parentId: string) {
    super(`The account ${parentId} cannot pay for ${id}, which pays for it.`, { details: { id, parentId } });
  }
}

/** An account has one currency with those that it pays for, because an invoice has one. */
export class CurrencySharedError extends DomainError {
  readonly code = 'account.currency_shared';
  readonly kind = 'conflict';
  constructor(currency: string, children: readonly string[]) {
    super(`The currency stays ${currency} while the account pays for ${children.join(', ')}.`, {
      details: { currency, accountIds: children },
      suggestion: 'Take the parent of these accounts away, or give them another one, before you change the currency.',
    });
  }
}

export class TenantTakenError extends DomainError {
  readonly code = 'account.tenant_taken';
  readonly kind = 'conflict';
  constructor(cause: unknown) {
    super('Another account pays for the use of this tenant already.', {
      cause,
      suggestion: 'Find it with GET /accounts?customerTenantId=… and take its link away first.',
    });
  }
}
