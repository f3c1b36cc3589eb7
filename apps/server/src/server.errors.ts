import type { RouteUsage } from '@plinth/contracts';
import { DomainError } from '@plinth/common';

export class UnknownServiceError extends DomainError {
  readonly code = 'server.unknown_service';
  readonly kind = 'invalid';
  readonly exitCode = 64;
  constructor(name: string, known: readonly string[]) {
    super(`There is no service "${name}".`, { suggestion: `Choose among: gateway, ${known.join(', ')}.` });
  }
}

export class PortTakenError extends DomainError {
  readonly code = 'server.port_taken';
  readonly kind = 'conflict';
  readonly exitCode = 69;
  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken by another program.`, {
      cause,
      suggestion: 'Stop it, or choose another port with --port.',
    });
  }
}

export class RoutesClashError extends DomainError {
  readonly code = 'server.routes_clash';
  readonly kind = 'internal';
  constructor(path: string, first: string, second: string) {
    super(`Both ${first} and ${second} claim the route ${path}.`, { suggestion: 'Correct one of the two manifests.' });
  }
}

export class MissingServiceError extends DomainError {
  readonly code = 'server.missing_service';
  readonly kind = 'invalid';
  readonly exitCode = 78;
  constructor(caller: string, callee: string) {
    super(`The service ${caller} calls ${callee}, which neither runs here nor has a URL.`, {
      suggestion: `Add ${callee} to the services of this process or to PLINTH_SERVICE_URLS.`,
    });
  }
}

export class OriginRefusedError extends DomainError {
  readonly code = 'auth.origin_refused';
  readonly kind = 'forbidden';
  constructor(origin: string) {
    super(`Requests with a session from the origin ${origin} are refused.`, {
      suggestion: 'Add the origin to PLINTH_CORS_ORIGINS or send a bearer token instead of a cookie.',
    });
  }
}

export class RoleRequiredError extends DomainError {
  readonly code = 'auth.role_required';
  readonly kind = 'forbidden';
  constructor(role: string) {
    super(`This tool is for callers with the role ${role}.`, { details: { role } });
  }
}

export class RouteUsageInvalidError extends DomainError {
  readonly code = 'server.route_usage_invalid';
  readonly kind = 'internal';
  constructor(service: string, path: string, reason: string) {
    super(`The usage of the route ${path} of ${service} ${reason}.`, { suggestion: 'Correct the manifest.' });
  }
}

/** The account that pays for the caller's tenant has not enough left of what a request is sold as. */
export class QuotaExceededError extends DomainError {
  readonly code = 'quota.exceeded';
  readonly kind = 'rate_limited';
  constructor(
    facts: RouteUsage & { readonly limit: string; readonly used: string; readonly resetsAt: string | null },
    retryAfterSeconds: number | undefined,
  ) {
    const { unit, quantity = '1', limit, used, resetsAt } = facts;
    const reset = resetsAt === null ? 'It does not begin anew.' : `It begins anew at ${resetsAt}.`;
    super(`Of the quota of ${limit} ${unit}, ${used} are used, and this request needs ${quantity}. ${reset}`, {
      details: { unit, limit, used, resetsAt },
      suggestion: `Change to a plan with more${resetsAt === null ? '' : `, or wait until ${resetsAt}`}.`,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
}
