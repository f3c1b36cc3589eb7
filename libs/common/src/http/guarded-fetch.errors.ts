import { DomainError } from '../errors/domain-error.ts';

/** A URL that somebody gave us leads to where they must not reach through us. */
export class OutboundUrlRefusedError extends DomainError {
  readonly code = 'outbound.url_refused';
  readonly kind = 'invalid';
  constructor(url: string, reason: string) {
    super(`${url} is not fetched: ${reason}.`, {
      details: { url, reason },
      suggestion: 'Use an https URL of a host on the public internet.',
    });
  }
}

/** The other side could not be reached, took too long or sent too much. */
export class OutboundRequestFailedError extends DomainError {
  readonly code = 'outbound.request_failed';
  readonly kind = 'unavailable';
  constructor(url: string, reason: string, cause?: unknown) {
    super(`${url} did not answer: ${reason}.`, { cause, details: { url, reason } });
  }
}
