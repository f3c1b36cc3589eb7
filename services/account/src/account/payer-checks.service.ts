import type { ContractFunctions, InputFault, Principal, tenantContract } from '@plinth/contracts';
import { assertCan, InvalidInputError, Semaphore, type Transaction } from '@plinth/common';
import { AccountWouldCycleError, CurrencySharedError } from './account.errors.ts';
import type { Account } from './account.ts';
import { checkPlacement, type Placement } from './payer.ts';
import * as store from './payer.store.ts';

const tenantsAtOnce = 8;
const childrenNamed = 10;

/** The tenant that an account is to pay for, null for none, undefined where the body says nothing; and its place there. */
export interface TenantLink {
  readonly customerTenantId: string | null | undefined;
  readonly path: string;
}

/** Keeps the rules of who pays for whom. */
export class PayerChecks {
  readonly #tenants: ContractFunctions<typeof tenantContract>;
  constructor(tenants: ContractFunctions<typeof tenantContract>) {
    this.#tenants = tenants;
  }

  /**
   * Throws unless the caller operates the platform and the tenants exist and are not being deleted. Other services are
   * asked, so no transaction may be open. Links that the body does not name are not looked at.
   */
  async assertMayLink(caller: Principal, links: readonly TenantLink[]): Promise<void> {
    const named = links.filter(({ customerTenantId }) => customerTenantId !== undefined);
    if (named.length === 0) return;
    assertCan(caller, 'account:link');
    const wanted = new Set(named.flatMap(({ customerTenantId }) => customerTenantId ?? []));
    const semaphore = new Semaphore(tenantsAtOnce);
    const open = new Set<string>();
    const look = async (tenantId: string): Promise<void> => {
      const tenant = await this.#tenants.findTenant({ tenantId });
      if (tenant?.status === 'active' || tenant?.status === 'suspended') open.add(tenantId);
    };
    await Promise.all([...wanted].map((tenantId) => semaphore.run(() => look(tenantId))));
    const faults = named.flatMap(({ customerTenantId, path }): InputFault[] =>
      typeof customerTenantId !== 'string' || open.has(customerTenantId)
        ? []
        : [{ path, message: 'must be the id of a tenant of this platform that is not closed' }],
    );
    if (faults.length > 0) throw new InvalidInputError(faults);
  }

  /** Throws unless each new account may have its parent; tells all mistakes. `pathOf` gives the account's place in the body. */
  async assertParentsIn(
    transaction: Transaction,
    accounts: readonly Pick<Account, 'parentId' | 'currency'>[],
    pathOf: (index: number) => string,
  ): Promise<void> {
    const placements = accounts.flatMap(({ parentId, currency }, index) =>
      parentId === null ? [] : [{ parentId, currency, levels: 1, path: `${pathOf(index)}/parentId` }],
    );
    if (placements.length === 0) return;
    await store.lockPayers(transaction);
    await assertPlacements(transaction, placements);
  }

  /** Throws unless an account, after the change, may have its parent and the accounts below it. The caller holds `lockPayers`. */
  async assertChangeIn(transaction: Transaction, before: Account, after: Account): Promise<void> {
    const { id, parentId, currency } = after;
    if (currency !== before.currency) {
      const children = await store.listChildIds(transaction, id, childrenNamed);
      if (children.length > 0) throw new CurrencySharedError(before.currency, children);
    }
    if (parentId === null || (parentId === before.parentId && currency === before.currency)) return;
    const path = parentId === before.parentId ? '/currency' : '/parentId';
    const levels = await store.countLevels(transaction, id);
    await assertPlacements(transaction, [{ parentId, currency, levels, path }], id);
  }
}

async function assertPlacements(
  transaction: Transaction,
  placements: readonly Placement[],
  moved?: string,
): Promise<void> {
  const steps = await store.listPayers(transaction, [...new Set(placements.map(({ parentId }) => parentId))]);
  const cycle = steps.find(({ payerId }) => payerId === moved);
  if (moved !== undefined && cycle !== undefined) throw new AccountWouldCycleError(moved, cycle.accountId);
  const faults = placements.flatMap((placement) => checkPlacement(placement, steps));
  if (faults.length > 0) throw new InvalidInputError(faults);
}
