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
    super('The new plan has another billing period than the subscription.', {
      suggestion: 'Cancel at the end of the period and subscribe to the new plan from that date.',
    });
  }
}

export class SubscriptionCanceledError extends DomainError {
  readonly code = 'subscription.canceled';
  readonly kind = 'conflict';
  constructor() {
    super('The subscription is canceled and cannot be changed.', { suggestion: 'Create a new subscription.' });
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
