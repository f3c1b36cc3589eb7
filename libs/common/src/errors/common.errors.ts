import type { InputFault } from '@plinth/contracts';
import { DomainError } from './domain-error.ts';

/** Input that does not fit its schema; carries every fault with its path. */
export class InvalidInputError extends DomainError {
  readonly code = 'request.invalid';
  readonly kind = 'invalid';
  constructor(faults: readonly InputFault[]) {
    super(`The request has ${faults.length} ${faults.length === 1 ? 'mistake' : 'mistakes'}.`, { faults });
  }
}

/** Body that is not what its content type says. */
export class MalformedBodyError extends DomainError {
  readonly code = 'request.malformed';
  readonly kind = 'invalid';
  constructor(message: string, cause?: unknown) {
    super(message, { cause, suggestion: 'Send valid JSON with the content type application/json.' });
  }
}

export class BodyTooLargeError extends DomainError {
  readonly code = 'request.too_large';
  readonly kind = 'too_large';
  constructor() {
    super('The request body is larger than this route accepts.', { suggestion: 'Send smaller batches.' });
  }
}

export class UnauthenticatedError extends DomainError {
  readonly code = 'auth.required';
  readonly kind = 'unauthenticated';
  constructor(message = 'This operation needs a signed-in caller.') {
    super(message, { suggestion: 'Send a session cookie, a bearer token or an API key.' });
  }
}

export class InvalidTokenError extends DomainError {
  readonly code = 'auth.token_invalid';
  readonly kind = 'unauthenticated';
  constructor(reason: string, cause?: unknown) {
    super(`The access token is not accepted: ${reason}.`, { cause, suggestion: 'Get a new token.' });
  }
}

/** Somebody of the support staff who acts as a user asked for what only the user may do. */
export class ImpersonationRefusedError extends DomainError {
  readonly code = 'auth.impersonation_refused';
  readonly kind = 'forbidden';
  constructor() {
    super('Support staff who act as a user may not do this.', { suggestion: 'Ask the user to do it.' });
  }
}

/** The tenant asks for a second factor that the caller's sign-in does not have. */
export class SecondFactorRequiredError extends DomainError {
  readonly code = 'auth.second_factor_required';
  readonly kind = 'forbidden';
  constructor() {
    super('This tenant asks for a second factor.', {
      suggestion: 'Set up an authenticator app or a passkey under /users/me, then sign in with it.',
    });
  }
}

/** The tenant does not accept the way in which the caller signed in. */
export class SignInMethodRefusedError extends DomainError {
  readonly code = 'auth.sign_in_method_refused';
  readonly kind = 'forbidden';
  constructor() {
    super('This tenant does not accept the way in which you signed in.', {
      suggestion: 'Sign in by a way that its sign-in policy names.',
    });
  }
}

export class InvalidApiKeyError extends DomainError {
  readonly code = 'auth.api_key_invalid';
  readonly kind = 'unauthenticated';
  constructor() {
    super('The API key is unknown, expired or revoked.', { suggestion: 'Create a new API key.' });
  }
}

export class PermissionDeniedError extends DomainError {
  readonly code = 'auth.permission_denied';
  readonly kind = 'forbidden';
  constructor(permission: string) {
    super(`This operation needs the permission ${permission}.`, { details: { permission } });
  }
}

export class TenantRequiredError extends DomainError {
  readonly code = 'auth.tenant_required';
  readonly kind = 'forbidden';
  constructor() {
    super('The caller belongs to no tenant.', {
      suggestion: 'Create an organization with POST /api/v1/organizations.',
    });
  }
}

export class TenantSuspendedError extends DomainError {
  readonly code = 'tenant.suspended';
  readonly kind = 'forbidden';
  constructor() {
    super('The tenant is not active.', { suggestion: 'Ask the operator of this platform.' });
  }
}

/** The tenant has as much of something as the operator allows it. */
export class LimitReachedError extends DomainError {
  readonly code = 'tenant.limit_reached';
  readonly kind = 'conflict';
  constructor(limit: string, value: number) {
    super(`The limit "${limit}" of this tenant is ${value}, and it is reached.`, {
      details: { limit, value },
      suggestion: 'Remove what is not needed, or ask the operator of this platform for more.',
    });
  }
}

/** The object does not exist, or belongs to somebody else: callers cannot tell which. */
export class NotFoundError extends DomainError {
  readonly code = 'resource.not_found';
  readonly kind = 'not_found';
  constructor(resource: string, id: string) {
    super(`There is no ${resource} ${id}.`, { details: { resource, id } });
  }
}

export class RouteNotFoundError extends DomainError {
  readonly code = 'route.not_found';
  readonly kind = 'not_found';
  constructor(method: string, path: string) {
    super(`There is no operation ${method} ${path}.`, { suggestion: 'See /api/docs for every operation.' });
  }
}

export class CallerNotAUserError extends DomainError {
  readonly code = 'caller.not_a_user';
  readonly kind = 'forbidden';
  constructor() {
    super('Only a user who signed in can do this.', {
      suggestion: 'Use a session or an access token instead of an API key.',
    });
  }
}

/** A token that is narrowed to some permissions was used for what concerns its user's account. */
export class ScopeMissingError extends DomainError {
  readonly code = 'auth.scope_missing';
  readonly kind = 'forbidden';
  constructor() {
    super("The token is narrowed to its scopes, none of which reaches its user's own account.", {
      suggestion: 'Use a session, or a token without scopes of permissions.',
    });
  }
}

/** A unique value is taken. */
export class AlreadyExistsError extends DomainError {
  readonly code = 'resource.already_exists';
  readonly kind = 'conflict';
  constructor(resource: string, value: string, cause?: unknown) {
    super(`A ${resource} "${value}" exists already.`, { cause, details: { resource, value } });
  }
}

export class VersionMismatchError extends DomainError {
  readonly code = 'request.version_mismatch';
  readonly kind = 'precondition';
  constructor() {
    super('The object was changed since it was read.', { suggestion: 'Read it again and repeat the change.' });
  }
}

export class RateLimitedError extends DomainError {
  readonly code = 'request.rate_limited';
  readonly kind = 'rate_limited';
  constructor(retryAfterSeconds: number) {
    super('Too many requests.', { retryAfterSeconds, suggestion: `Try again in ${retryAfterSeconds} s.` });
  }
}

export class DatabaseUnavailableError extends DomainError {
  readonly code = 'database.unavailable';
  readonly kind = 'unavailable';
  constructor(cause: unknown) {
    super('The database cannot be reached.', { cause, retryAfterSeconds: 2, suggestion: 'Try again shortly.' });
  }
}

export class ServiceUnavailableError extends DomainError {
  readonly code = 'service.unavailable';
  readonly kind = 'unavailable';
  constructor(service: string, cause?: unknown) {
    super(`The service ${service} cannot be reached.`, { cause, retryAfterSeconds: 2, details: { service } });
  }
}

export class ServiceTimeoutError extends DomainError {
  readonly code = 'service.timeout';
  readonly kind = 'unavailable';
  constructor(service: string, cause?: unknown) {
    super(`The service ${service} did not answer in time.`, { cause, retryAfterSeconds: 2, details: { service } });
  }
}

export class IdempotencyConflictError extends DomainError {
  readonly code = 'idempotency.body_differs';
  readonly kind = 'unprocessable';
  constructor() {
    super('This Idempotency-Key was used with another request.', { suggestion: 'Use a new key for a new request.' });
  }
}

export class IdempotencyRunningError extends DomainError {
  readonly code = 'idempotency.still_running';
  readonly kind = 'conflict';
  constructor() {
    super('A request with this Idempotency-Key is still running.', { retryAfterSeconds: 1 });
  }
}

/** A failure that is ours: the caller learns the request id and nothing else. */
export class InternalError extends DomainError {
  readonly code = 'internal';
  readonly kind = 'internal';
  constructor(cause: unknown) {
    super('Something went wrong on our side.', { cause, suggestion: 'Report the request id.' });
  }
}
