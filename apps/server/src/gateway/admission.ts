import type { ContractFunctions, Principal, TenantStatus, tenantContract } from '@plinth/contracts';
import { RateLimitedError, TenantSuspendedError, type RequestContext } from '@plinth/common';
import type { FastifyReply } from 'fastify';
import type { ArrivingRequest, Authentication } from './authentication.ts';
import type { RateCounter, RateDecision } from './rate-counter.ts';
import type { GatewayRoute } from './route-table.ts';
import { ShortMemory } from './short-memory.ts';

export interface AdmissionOptions {
  readonly authentication: Authentication;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  /** Absent in a process behind another gateway: that one has counted already. */
  readonly limiter: RateCounter | undefined;
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
  readonly #statuses = new ShortMemory<TenantStatus | 'unknown'>(TENANT_STATUS_MS);

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
      if (counted instanceof Promise) return counted.then(() => this.#assertActive(principal, route));
      return this.#assertActive(principal, route);
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

  #assertActive(principal: Principal | undefined, route: AdmissionRoute): Promise<void> | undefined {
    const tenantId = principal?.tenant;
    if (tenantId === undefined) return undefined;
    // The operator of the platform must be able to end the suspension.
    if (principal!.roles.includes('platform_admin')) return undefined;
    const { tenants, now } = this.#options;
    const known = this.#statuses.peek(tenantId, now());
    const assert = (status: TenantStatus | 'unknown') => assertOpen(status, route);
    if (known !== undefined) return assert(known.value);
    return this.#statuses.get(tenantId, now(), () => findStatus(tenants, tenantId)).then(assert);
  }
}

function applyDecision(decision: RateDecision, reply: FastifyReply, policy: string): void {
  reply.header('ratelimit-policy', `"${policy}";q=${decision.limit};w=60`);
  reply.header('ratelimit', `"${policy}";r=${decision.remaining};t=${decision.resetSeconds}`);
  if (!decision.allowed) throw new RateLimitedError(decision.resetSeconds);
}

/** A closing tenant answers to the tenant service alone: for its export, and for who takes the closing back. */
function assertOpen(status: TenantStatus | 'unknown', route: AdmissionRoute): undefined {
  if (status === 'active' || (status === 'closing' && route.service === 'tenant')) return undefined;
  throw new TenantSuspendedError();
}

async function findStatus(tenants: AdmissionOptions['tenants'], tenantId: string): Promise<TenantStatus | 'unknown'> {
  return (await tenants.findTenant({ tenantId }))?.status ?? 'unknown';
}
