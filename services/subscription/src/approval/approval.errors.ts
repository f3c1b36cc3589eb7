import { DomainError } from '@plinth/common';
import type { ApprovalStatus, GuardedActionName } from './approval.ts';

/** Nothing was done; it waits until somebody else approves it. */
export class ApprovalRequiredError extends DomainError {
  readonly code = 'approval.required';
  readonly kind = 'forbidden';
  constructor(requestId: string, expiresAt: Date) {
    super(`This is above your limit. It waits as approval request ${requestId} until ${expiresAt.toISOString()}.`, {
      suggestion: 'Ask somebody with dispute:approve and a sufficient limit to approve it under /disputes/approvals.',
      members: { approvalRequestId: requestId },
    });
  }
}

/** Above the limit of a caller who cannot ask: whoever holds a key could approve what the key asked for. */
export class LimitExceededError extends DomainError {
  readonly code = 'approval.limit_exceeded';
  readonly kind = 'forbidden';
  constructor(action: GuardedActionName) {
    super(
      `This ${action.replaceAll('_', ' ')} is above the limit of the caller, who is no person and cannot ask for approval.`,
      {
        suggestion: 'Let a person do it under their own name, or set a rule for a permission that the caller holds.',
      },
    );
  }
}

export class OwnRequestError extends DomainError {
  readonly code = 'approval.own_request';
  readonly kind = 'forbidden';
  constructor() {
    super('Nobody decides about their own request.', { suggestion: 'Ask somebody else.' });
  }
}

export class ApproverNotAPersonError extends DomainError {
  readonly code = 'approval.not_a_person';
  readonly kind = 'forbidden';
  constructor() {
    super('Only people approve, under their own name.', { suggestion: 'Sign in as yourself.' });
  }
}

export class ApproverLimitError extends DomainError {
  readonly code = 'approval.approver_limit';
  readonly kind = 'forbidden';
  constructor() {
    super('This is above your own limit, or would be with what you gave away or approved in the last 24 hours.', {
      suggestion: 'Let somebody with a higher limit decide.',
    });
  }
}

export class ApprovalDecidedError extends DomainError {
  readonly code = 'approval.decided';
  readonly kind = 'conflict';
  constructor(status: ApprovalStatus) {
    super(`The request is ${status}: nothing is left to decide.`, {
      suggestion: 'Ask for it again if it is still needed.',
    });
  }
}

/** It was done in another way before it could be done as approved. */
export class ApprovalOvertakenError extends DomainError {
  readonly code = 'approval.overtaken';
  readonly kind = 'conflict';
  constructor() {
    super('It had been done already when it was approved.', { suggestion: 'Look at what it is about.' });
  }
}

/** What would be done is not what was approved. */
export class ApprovalDiffersError extends DomainError {
  readonly code = 'approval.differs';
  readonly kind = 'conflict';
  constructor(approvedMinor: bigint | null, amountMinor: bigint | null) {
    super(`${say(approvedMinor)} was approved, and it has come to ${say(amountMinor)}.`, {
      suggestion: 'Ask for it again.',
    });
  }
}

export class RuleTooGenerousError extends DomainError {
  readonly code = 'approval_rule.too_generous';
  readonly kind = 'forbidden';
  constructor() {
    super('Nobody gives a limit above their own, and only administrators change the limits of administrators.', {
      suggestion: 'Ask an administrator.',
    });
  }
}

function say(amountMinor: bigint | null): string {
  return amountMinor === null ? 'any amount' : `an amount of ${amountMinor} in the smallest unit`;
}
