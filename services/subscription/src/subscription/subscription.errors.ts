import type { InputFault } from '@plinth/contracts';
import { DomainError } from '@plinth/common';

export class CurrencyDiffersError extends DomainError {
  readonly code = 'subscription.currency_differs';
  readonly kind = 'unprocessable';
  constructor(plan: string, subscribed: string) {
    super(`The plan is priced in ${plan}, but the account or its subscription is billed in ${subscribed}.`, {
      suggestion: `Choose a plan priced in ${subscribed}.`,
      details: { plan, subscribed },
    });
  }
}

export class MeterUnknownError extends DomainError {
  readonly code = 'subscription.meter_unknown';
  readonly kind = 'unprocessable';
  constructor(meters: readonly string[]) {
    super(`The plan charges for meters that do not exist: ${meters.join(', ')}.`, {
      suggestion: 'Create the meters first, so that no usage goes uncounted.',
      details: { meters },
    });
  }
}

export class MeterUnsuitableError extends DomainError {
  readonly code = 'subscription.meter_unsuitable';
  readonly kind = 'unprocessable';
  constructor(plan: string, faults: readonly InputFault[]) {
    super(
      `The plan ${plan} charges by dimensions that its meters do not have: ${faults.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
      { suggestion: 'Give the meters these dimensions, or publish a version of the plan without them.', faults },
    );
  }
}

export class PlanArchivedError extends DomainError {
  readonly code = 'subscription.plan_archived';
  readonly kind = 'unprocessable';
  constructor(plan: string) {
    super(`The plan ${plan} is archived and no longer sold.`, {
      suggestion: 'Choose another plan. Subscriptions that have it keep it.',
      details: { plan },
    });
  }
}

export class PeriodDiffersError extends DomainError {
  readonly code = 'subscription.period_differs';
  readonly kind = 'unprocessable';
  constructor() {
    super('The plan has another billing period than the subscription.', {
      suggestion: 'Cancel at the end of the period and subscribe to the new plan from that date.',
    });
  }
}

export class SubscriptionCanceledError extends DomainError {
  readonly code = 'subscription.canceled';
  readonly kind = 'conflict';
  constructor() {
    super('The subscription is canceled and cannot be changed.', {
      suggestion: 'Reactivate it first, or create a new subscription.',
    });
  }
}

export class EndsBeforeStartError extends DomainError {
  readonly code = 'subscription.ends_before_start';
  readonly kind = 'unprocessable';
  constructor(startsOn: string) {
    super(`The subscription starts on ${startsOn} and would end on or before that day.`, {
      suggestion: 'Give an endsOn that is later than startsOn.',
    });
  }
}

export class ChangeNotAllowedError extends DomainError {
  readonly code = 'subscription.change_not_allowed';
  readonly kind = 'unprocessable';
  constructor(from: string, to: string, allowed: readonly string[] | null) {
    super(`A subscription to the plan ${from} may not change to the plan ${to}.`, {
      suggestion:
        allowed === null
          ? 'Choose a plan of the same family.'
          : `Choose one of ${allowed.join(', ') || 'no other plan: the family allows no change from this one'}.`,
      details: { from, to, allowed },
    });
  }
}

export class NotAPlanError extends DomainError {
  readonly code = 'subscription.not_a_plan';
  readonly kind = 'unprocessable';
  constructor(addOn: string) {
    super(`${addOn} is an add-on and cannot be subscribed to by itself.`, {
      suggestion: 'Subscribe to a plan and add it to that subscription.',
      details: { addOn },
    });
  }
}

export class AddOnNotAllowedError extends DomainError {
  readonly code = 'subscription.add_on_not_allowed';
  readonly kind = 'unprocessable';
  constructor(addOn: string, plan: string, allowed: readonly string[]) {
    super(`The add-on ${addOn} is not sold with the plan ${plan}.`, {
      suggestion: `It is sold with ${allowed.join(', ')}.`,
      details: { addOn, plan, allowed },
    });
  }
}

export class NotAnAddOnError extends DomainError {
  readonly code = 'subscription.not_an_add_on';
  readonly kind = 'unprocessable';
  constructor(plan: string) {
    super(`${plan} is a plan, not an add-on.`, {
      suggestion: 'Choose an add-on of the catalogue, or change the plan of the subscription.',
      details: { plan },
    });
  }
}

export class AddOnExistsError extends DomainError {
  readonly code = 'subscription.add_on_exists';
  readonly kind = 'conflict';
  constructor(addOn: string, addOnId: string) {
    super(`The subscription has the add-on ${addOn} already.`, {
      suggestion: 'Change its quantity instead.',
      details: { addOn, addOnId },
    });
  }
}

export class BilledAlreadyError extends DomainError {
  readonly code = 'subscription.billed_already';
  readonly kind = 'unprocessable';
  constructor(asked: string, earliest: string) {
    super(`What lies before ${earliest} has been billed, so nothing can take effect on ${asked} any more.`, {
      suggestion: `Choose ${earliest} or later, and correct what was billed with a credit note.`,
      details: { asked, earliest },
    });
  }
}

export class PauseError extends DomainError {
  readonly code = 'subscription.pause_not_possible';
  readonly kind = 'conflict';
  constructor(message: string, suggestion: string) {
    super(message, { suggestion });
  }
}

export class CommitmentTermError extends DomainError {
  readonly code = 'subscription.commitment_term';
  readonly kind = 'unprocessable';
  constructor(period: string) {
    super(`The term of a commitment must be whole billing periods of the subscription, which are of ${period}.`, {
      suggestion: 'Choose a term that is a multiple of the billing period.',
      details: { period },
    });
  }
}

export class TermLengthError extends DomainError {
  readonly code = 'subscription.term_length';
  readonly kind = 'unprocessable';
  constructor(message: string) {
    super(message, {
      suggestion:
        'Choose a term of whole billing periods, and one for a commitment that ends with it; or lift the commitment first.',
    });
  }
}

export class NoTermError extends DomainError {
  readonly code = 'subscription.no_term';
  readonly kind = 'unprocessable';
  constructor() {
    super('The subscription has no term that could end or renew.', {
      suggestion: 'Give it a term, or cancel it at the end of a period.',
    });
  }
}
