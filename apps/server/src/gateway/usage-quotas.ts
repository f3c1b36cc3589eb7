import type { accountContract, ContractFunctions, meteringContract, RouteUsage } from '@plinth/contracts';
import { ServiceTimeoutError, type Logger } from '@plinth/common';
import type { FastifyReply } from 'fastify';
import { QuotaExceededError } from '../server.errors.ts';
import { QuotaTally, toExact } from './quota-tally.ts';
import { addPolicy, setPolicy } from './rate-limit-headers.ts';
import { ShortMemory } from './short-memory.ts';

export interface UsageQuotasOptions {
  readonly accounts: Pick<ContractFunctions<typeof accountContract>, 'findAccountOfTenant'>;
  readonly metering: Pick<ContractFunctions<typeof meteringContract>, 'checkQuota'>;
  readonly log: Logger;
  readonly now: () => number;
}

/** The account that pays for a tenant's use, and the tenant that sells to it. */
export interface Payer {
  readonly tenantId: string;
  readonly accountId: string;
}

/** What a request takes from its payer's quota. */
export interface TakenUsage {
  readonly payer: Payer;
  readonly usage: RouteUsage;
  /** For a request that turns out to be no usage. */
  giveBack(): void;
}

const PAYER_MS = 5000;
const QUOTA_MS = 1000;
/** No request waits longer for who pays or what is left. */
const PATIENCE_MS = 500;
const CAPACITY = 10_000;
/** More than any quota has left, so that metering tells of one that refuses before one that only warns. */
const MORE_THAN_ANY = '999999999999999999';

/**
 * Whether the account that pays for a caller's tenant has anything left of the unit that a route is sold in. Where that
 * cannot be found out requests pass: what is sold is available before it is limited.
 */
export class UsageQuotas {
  readonly #options: UsageQuotasOptions;
  readonly #payers = new ShortMemory<Payer | null>(PAYER_MS, CAPACITY);
  readonly #tallies = new ShortMemory<QuotaTally | null>(QUOTA_MS, CAPACITY);
  /** Who paid when that was last known: usage keeps its payer while the account service is away. */
  readonly #lastPayers = new Map<string, Payer | null>();
  readonly #away = new Set<string>();

  constructor(options: UsageQuotasOptions) {
    this.#options = options;
  }

  /**
   * Takes a request's usage from what its payer has left, and tells the client when that is little; undefined when nobody
   * pays for the tenant. Waits for nothing when payer and quota are remembered. Throws `QuotaExceededError`.
   */
  take(
    tenantId: string,
    usage: RouteUsage,
    reply: FastifyReply,
  ): TakenUsage | undefined | Promise<TakenUsage | undefined> {
    const now = this.#options.now();
    const known = this.#payers.peek(tenantId, now);
    if (known !== undefined) return this.#takeFrom(known.value, usage, reply);
    return this.#payers
      .get(tenantId, now, () => this.#findPayer(tenantId))
      .then((payer) => this.#takeFrom(payer, usage, reply));
  }

  #takeFrom(payer: Payer | null, usage: RouteUsage, reply: FastifyReply): TakenUsage | undefined | Promise<TakenUsage> {
    if (payer === null) return undefined;
    const now = this.#options.now();
    const key = `${payer.accountId} ${usage.unit}`;
    const take = (tally: QuotaTally | null): TakenUsage => {
      const quantity = toExact(usage.quantity ?? '1');
      if (tally !== null) this.#apply(tally, usage, quantity, reply);
      return { payer, usage, giveBack: () => tally?.giveBack(quantity) };
    };
    const known = this.#tallies.peek(key, now);
    if (known !== undefined) return take(known.value);
    return this.#tallies.get(key, now, () => this.#findTally(payer, usage.unit)).then(take);
  }

  #apply(tally: QuotaTally, usage: RouteUsage, quantity: bigint, reply: FastifyReply): void {
    const isTaken = tally.take(quantity);
    if (isTaken && !tally.isNearlyUsedUp) return;
    const { limit, used, resetsAt } = tally;
    const resetSeconds = tally.resetSeconds(this.#options.now());
    const policy = { name: usage.unit, limit: tally.wholeLimit, remaining: tally.wholeRemaining, resetSeconds };
    if (isTaken) return addPolicy(reply, policy);
    setPolicy(reply, policy);
    throw new QuotaExceededError({ ...usage, limit, used, resetsAt }, resetSeconds);
  }

  async #findPayer(tenantId: string): Promise<Payer | null> {
    const last = this.#lastPayers;
    const asked = this.#options.accounts.findAccountOfTenant({ customerTenantId: tenantId });
    const found = await this.#ask('account', asked);
    if (found === undefined) return last.get(tenantId) ?? null;
    if (last.size >= CAPACITY) last.clear();
    last.set(tenantId, found);
    return found;
  }

  async #findTally(payer: Payer, unit: string): Promise<QuotaTally | null> {
    const asked = this.#options.metering.checkQuota({ ...payer, meter: unit, quantity: MORE_THAN_ANY });
    const decision = await this.#ask('metering', asked);
    if (decision === undefined || decision.limit === null) return null;
    return new QuotaTally({ ...decision, limit: decision.limit });
  }

  /** Undefined: it did not answer in time, which is logged once until it does again. */
  async #ask<Answer>(service: string, asked: Promise<Answer>): Promise<Answer | undefined> {
    const { log } = this.#options;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new ServiceTimeoutError(service)), PATIENCE_MS);
    try {
      const answer = await Promise.race([asked, late]);
      if (this.#away.delete(service)) log.info({ asked: service }, 'quotas are enforced again');
      return answer;
    } catch (error) {
      if (!this.#away.has(service))
        log.error({ err: error, asked: service }, 'quotas are not enforced: requests pass until the service answers');
      this.#away.add(service);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}
