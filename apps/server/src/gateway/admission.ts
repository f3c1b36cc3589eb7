import type { ContractFunctions, Principal, RouteUsage, TenantStatus, tenantContract } from '@plinth/contracts';
import { TenantSuspendedError, type RequestContext } from '@plinth/common';
import type { FastifyReply } from 'fastify';
import type { ArrivingRequest, Authentication } from './authentication.ts';
import type { RateCounter, RateDecision } from './rate-counter.ts';
import { addDecision, applyDecision } from './rate-limit-headers.ts';
import type { GatewayRoute } from './route-table.ts';
import { ShortMemory } from './short-memory.ts';
import type { UsageQuotas } from './usage-quotas.ts';

export interface AdmissionOptions {
  readonly authentication: Authentication;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  /** Absent in a process behind another gateway: that one has counted already. */
  readonly limiter: RateCounter | undefined;
  /** Absent where no route is sold, and behind another gateway. */
  readonly quotas?: UsageQuotas | undefined;
  readonly now: () => number;
}

/** What admission needs to know of a route. `path` names its counter; without a limit nothing is counted. */
export interface AdmissionRoute extends Pick<GatewayRoute, 'path' | 'service' | 'public' | 'usage'> {
  readonly rateLimit: number | undefined;
}

/** What admission needs to know of a tenant. */
interface AdmittedTenant {
  readonly status: TenantStatus | 'unknown';
  readonly requestsPerMinute: number | undefined;
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
  readonly #tenants = new ShortMemory<AdmittedTenant>(TENANT_STATUS_MS);

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
      const counted = this.#count(arriving, reply, route, principal);
      if (counted instanceof Promise) return counted.then(() => this.#assertActive(reply, principal, route));
      return this.#assertActive(reply, principal, route);
    };
    // Sign-in has credentials of its own; a stale cookie must not keep anybody from signing in again.
    const found = route.public ? undefined : this.#options.authentication.authenticate(arriving, route.service);
    const admitted = found instanceof Promise ? found.then(enter) : enter(found);
    return route.usage === undefined ? admitted : this.#takeUsage(route.usage, reply, admitted);
  }

  /** After everything else has let the request pass: what is refused is not sold. */
  #takeUsage(usage: RouteUsage, reply: FastifyReply, admitted: Promise<void> | undefined): Promise<void> | undefined {
    const { quotas } = this.#options;
    if (quotas === undefined) return admitted;
    const take = (): Promise<void> | undefined => {
      const { request } = reply;
      const tenantId = findBuyer(request.principal);
      if (tenantId === undefined) return undefined;
      const taken = quotas.take(tenantId, usage, reply);
      if (taken instanceof Promise)
        return taken.then((later) => {
          request.takenUsage = later;
        });
      request.takenUsage = taken;
      return undefined;
    };
    return admitted === undefined ? take() : admitted.then(take);
  }

  #count(
    arriving: ArrivingRequest,
    reply: FastifyReply,
    route: AdmissionRoute,
    principal: Principal | undefined,
  ): Promise<void> | undefined {
    const { limiter, now } = this.#options;
    if (limiter === undefined || route.rateLimit === undefined) return undefined;
    const caller = principal === undefined ? arriving.ip : `${principal.tenant ?? ''}/${principal.subject}`;
    const decision = limiter.take(`${route.path} ${caller}`, route.rateLimit, now());
    const ofKey = principal?.rateLimit;
    if (ofKey !== undefined) return this.#countKey(decision, reply, route, { caller, limit: ofKey });
    if (decision instanceof Promise) return decision.then((decided) => applyDecision(decided, reply, route.service));
    applyDecision(decision, reply, route.service);
    return undefined;
  }

  /** An API key may have a limit of its own, for all routes together; the client is told of the one that is nearer. */
  async #countKey(
    ofRoute: RateDecision | Promise<RateDecision>,
    reply: FastifyReply,
    route: AdmissionRoute,
    { caller, limit }: { readonly caller: string; readonly limit: number },
  ): Promise<void> {
    const decided = await ofRoute;
    if (!decided.allowed) return applyDecision(decided, reply, route.service);
    const { limiter, now } = this.#options;
    const ofKey = await limiter!.take(`key ${caller}`, limit, now());
    if (!ofKey.allowed || ofKey.remaining < decided.remaining) return applyDecision(ofKey, reply, 'api-key');
    applyDecision(decided, reply, route.service);
  }

  #assertActive(
    reply: FastifyReply,
    principal: Principal | undefined,
    route: AdmissionRoute,
  ): Promise<void> | undefined {
    const tenantId = principal?.tenant;
    if (tenantId === undefined) return undefined;
    // The operator of the platform must be able to end the suspension.
    if (principal!.roles.includes('platform_admin')) return undefined;
    const { tenants, now } = this.#options;
    const known = this.#tenants.peek(tenantId, now());
    const assert = (tenant: AdmittedTenant): Promise<void> | undefined => {
      assertOpen(tenant.status, route);
      return this.#countTenant(reply, tenantId, tenant.requestsPerMinute);
    };
    if (known !== undefined) return assert(known.value);
    return this.#tenants.get(tenantId, now(), () => findTenant(tenants, tenantId)).then(assert);
  }

  /** A plan may limit all callers of its tenant together, over all routes. */
  #countTenant(reply: FastifyReply, tenantId: string, limit: number | undefined): Promise<void> | undefined {
    const { limiter, now } = this.#options;
    if (limiter === undefined || limit === undefined) return undefined;
    const decision = limiter.take(`tenant ${tenantId}`, limit, now());
    if (decision instanceof Promise) return decision.then((decided) => addDecision(decided, reply, 'plan'));
    addDecision(decision, reply, 'plan');
    return undefined;
  }
}

/** The tenant that a request is sold to. What operators and support staff do is nobody's usage. */
function findBuyer(principal: Principal | undefined): string | undefined {
  if (principal === undefined || principal.actor !== undefined) return undefined;
  return principal.roles.includes('platform_admin') ? undefined : principal.tenant;
}

/** A closing tenant answers to the tenant service alone: for its export, and for who takes the closing back. */
function assertOpen(status: TenantStatus | 'unknown', route: AdmissionRoute): undefined {
  if (status === 'active' || (status === 'closing' && route.service === 'tenant')) return undefined;
  throw new TenantSuspendedError();
}

async function findTenant(tenants: AdmissionOptions['tenants'], tenantId: string): Promise<AdmittedTenant> {
  const tenant = await tenants.findTenant({ tenantId });
  return { status: tenant?.status ?? 'unknown', requestsPerMinute: tenant?.requestsPerMinute };
}
