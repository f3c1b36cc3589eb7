import { DomainError } from '@plinth/common';

export class NoPrometheusError extends DomainError {
  readonly code = 'backfill.no_prometheus';
  readonly kind = 'precondition';
  constructor() {
    super('There is no Prometheus to read usage from.', {
      suggestion: 'Set METERING_PROMETHEUS_URL and start the metering service again.',
    });
  }
}

export class PrometheusAnswerError extends DomainError {
  readonly code = 'backfill.prometheus_failed';
  readonly kind = 'unavailable';
  constructor(reason: string) {
    super(`Prometheus did not answer the query: ${reason}.`);
  }
}

/** Days are filled in order, and only when they are over. */
export class DayNotFillableError extends DomainError {
  readonly code = 'backfill.day_not_fillable';
  readonly kind = 'conflict';
  constructor(day: string, nextDay: string) {
    super(`The day ${day} cannot be filled again: it was not filled yet.`, {
      suggestion: `Days before ${nextDay} can; later ones are filled when they are over.`,
    });
  }
}
