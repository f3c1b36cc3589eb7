import type { Database } from '@plinth/common';
import type { GatewayAccountService } from '../payment-gateway/gateway-account.service.ts';
import type { GatewayMovement } from '../payment-gateway/payment-gateway.ts';
import { ReconciliationRangeError } from './reconciliation.errors.ts';
import { findDifferences, sumDays, type DaySum, type Difference, type OwnMovement } from './reconciliation.ts';
import { listNamedMovements, listOwnMovements } from './reconciliation.store.ts';

export interface Reconciliation {
  readonly days: readonly DaySum[];
  readonly differences: readonly Difference[];
}

const day = 86_400_000;
const longestDays = 31;
/** So far apart both sides may note the same money: a webhook may come days late. */
const slack = 4 * day;

/** Holds our books against the gateways' own. */
export class ReconciliationService {
  readonly #database: Database;
  readonly #gateways: GatewayAccountService;

  constructor(database: Database, gateways: GatewayAccountService) {
    this.#database = database;
    this.#gateways = gateways;
  }

  /** Compares what moved from the first date to the last one, both included, in UTC. At most 31 days. */
  async reconcile(tenantId: string, first: string, last: string): Promise<Reconciliation> {
    const range = { from: new Date(`${first}T00:00:00Z`), to: new Date(Date.parse(`${last}T00:00:00Z`) + day) };
    const days = (range.to.getTime() - range.from.getTime()) / day;
    if (days < 1 || days > longestDays) throw new ReconciliationRangeError(longestDays);
    const own = await this.#database.transaction(tenantId, (transaction) =>
      listOwnMovements(transaction, range.from, range.to),
    );
    const recorded = (['manual', 'bank_transfer'] as const).flatMap((gateway) => {
      const movements = own.filter((movement) => movement.gateway === gateway);
      return sumDays({ gateway, gatewayAccountId: null }, movements, undefined, range);
    });
    const result = { days: [...recorded], differences: [] as Difference[] };
    for (const { id } of await this.#listGatewayAccounts(tenantId)) {
      const compared = await this.#compare(tenantId, id, range, own);
      result.days.push(...compared.days);
      result.differences.push(...compared.differences);
    }
    return result;
  }

  async #compare(
    tenantId: string,
    gatewayAccountId: string,
    range: { readonly from: Date; readonly to: Date },
    inRange: readonly OwnMovement[],
  ): Promise<Reconciliation> {
    const { gateway } = await this.#gateways.open(tenantId, gatewayAccountId, true);
    const { from, to } = range;
    const theirs: GatewayMovement[] = [];
    const wide = [new Date(from.getTime() - slack), new Date(to.getTime() + slack)] as const;
    for await (const movement of gateway.listMovements(...wide)) theirs.push(movement);
    const named = await this.#database.transaction(tenantId, (transaction) =>
      listNamedMovements(transaction, gatewayAccountId, theirs),
    );
    const mine = inRange.filter((movement) => movement.gatewayAccountId === gatewayAccountId);
    const own = [...new Map([...named, ...mine].map((movement) => [movement.id, movement])).values()];
    return {
      days: sumDays({ gateway: gateway.name, gatewayAccountId }, own, theirs, range),
      differences: findDifferences({ gatewayAccountId, from, to, own, theirs }),
    };
  }

  async #listGatewayAccounts(tenantId: string): Promise<readonly { readonly id: string }[]> {
    const accounts: { readonly id: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#gateways.list(tenantId, 100, cursor);
      accounts.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return accounts;
  }
}
