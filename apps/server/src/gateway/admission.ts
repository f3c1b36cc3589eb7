import type { ContractFunctions, Principal, tenantContract } from '@plinth/contracts';
import { RateLimitedError, TenantSuspendedError, type RequestContext } from '@plinth/common';
import type { FastifyReply } from 'fastify';
import type { ArrivingRequest, Authentication } from './authentication.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { GatewayRoute } from './route-table.ts';
import { ShortMemory } from './short-memory.ts';

export interface AdmissionOptions {
  readonly authentication: Authentication;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  /** Absent in a process behind another gateway: that one has counted already. */
  readonly limiter: RateLimiter | undefined;
  readonly now: () => number;
}

/** What admission needs to know of a route. `path` names its counter; without a limit nothing is counted. */
export interface AdmissionRoute extends Pick<GatewayRoute, 'path' | 'service' | 'public'> {
  readonly rateLimit: number | undefined;
}

// Suspension must stop requests within a second.
const TENANT_STATUS_MS = 500;

/**
 * Who may pass the gateway, for requests that this process serves and for those that another gateway asks about:
 * finds out who calls, counts the request, and refuses suspended tenants. One object for both, so that both count
 * together.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #statuses = new ShortMemory<boolean>(TENANT_STATUS_MS);

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /**
   * Admits or throws; the caller, if there is one, is then in `reply.request.principal` and in the context. Waits for
   * nothing when caller and tenant are remembered, which they nearly always are.
   */
  admit(
    arriving: ArrivingRequest,
    reply: FastifyReply,
    route: AdmissionRoute,
    context: RequestContext | undefined,
  ): Promise<void> | undefined {
    const { request } = reply;
    request.gatewayService = route.service;
    const enter = (principal: Principal | undefined): Promise<void> | undefined => {
      request.principal = principal;
      if (context !== undefined) context.principal = principal;
      this.#count(arriving, reply, route, principal);
      return principal?.tenant === undefined ? undefined : this.#assertActive(principal, principal.tenant);
    };
    // Sign-in has credentials of its own; a stale cookie must not keep anybody from signing in again.
    const found = route.public ? undefined : this.#options.authentication.authenticate(arriving, route.service);
    return found instanceof Promise ? found.then(enter) : enter(found);
  }

  #count(
    arriving: ArrivingRequest,
    reply: FastifyReply,
    route: AdmissionRoute,
    principal: Principal | undefined,
  ): void {
    const { limiter, now } = this.#options;
    if (limiter === undefined || route.rateLimit === undefined) return;
    const caller = principal === undefined ? arriving.ip : `${principal.tenant ?? ''}/${principal.subject}`;
    const decision = limiter.take(`${route.path} ${caller}`, route.rateLimit, now());
    reply.header('ratelimit-policy', `"${route.service}";q=${decision.limit};w=60`);
    reply.header('ratelimit', `"${route.service}";r=${decision.remaining};t=${decision.resetSeconds}`);
    if (!decision.allowed) throw new RateLimitedError(decision.resetSeconds);
  }

  #assertActive(principal: Principal, tenantId: string): Promise<void> | undefined {
    // The operator of the platform must be able to end the suspension.
    if (principal.roles.includes('platform_admin')) return undefined;
    const { tenants, now } = this.#options;
    const known = this.#statuses.peek(tenantId, now());
    if (known !== undefined) return refuseUnless(known.value);
    return this.#statuses.get(tenantId, now(), () => isActive(tenants, tenantId)).then(refuseUnless);
  }
}

function refuseUnless(active: boolean): undefined {
  if (!active) throw new TenantSuspendedError();
}

async function isActive(tenants: AdmissionOptions['tenants'], tenantId: string): Promise<boolean> {
  const tenant = await tenants.findTenant({ tenantId });
  return tenant !== null && tenant.status === 'active';
}
