import type { accountContract, AccountSummary, ContractFunctions } from '@plinth/contracts';
import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { GatewayAccountService, ReadyGateway } from '../payment-gateway/gateway-account.service.ts';
import { GatewayRefusedError } from '../payment-gateway/payment-gateway.errors.ts';
import type { GatewayMethod } from '../payment-gateway/payment-gateway.ts';
import * as store from './payment-method.store.ts';
import { dueNotice, expiresOn, type PaymentMethod } from './payment-method.ts';

export interface PaymentMethodServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly gateways: GatewayAccountService;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
}

/** Whom a payment method is collected for, and where. */
export interface MethodOwner {
  readonly accountId: string;
  readonly gatewayAccountId: string;
}

const expiringAtOnce = 500;

/** Keeps the names of what accounts can be charged by; the gateway keeps the thing itself. */
export class PaymentMethodService {
  readonly #options: PaymentMethodServiceOptions;

  constructor(options: PaymentMethodServiceOptions) {
    this.#options = options;
  }

  /** Begins to collect a payment method in the customer's browser, for the gateway's own code there. */
  async startSetup(tenantId: string, owner: MethodOwner) {
    const ready = await this.#options.gateways.open(tenantId, owner.gatewayAccountId);
    const customerId = await this.#ensureCustomer(tenantId, owner, ready);
    const setup = await ready.gateway.startSetup(customerId, newId());
    return { ...setup, gatewayCustomerId: customerId, publishableKey: ready.account.publishableKey };
  }

  /** Attaches what the browser has collected. The first one of an account becomes its default. */
  async attach(
    tenantId: string,
    owner: MethodOwner & { readonly token: string; readonly makeDefault: boolean },
  ): Promise<PaymentMethod> {
    const ready = await this.#options.gateways.open(tenantId, owner.gatewayAccountId);
    const customerId = await this.#ensureCustomer(tenantId, owner, ready);
    const attached = await ready.gateway.attachMethod(customerId, owner.token);
    return this.#options.database.transaction(tenantId, (transaction) =>
      this.#saveIn(transaction, { ...owner, customerId }, attached),
    );
  }

  async list(
    tenantId: string,
    query: { readonly accountId?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<PaymentMethod>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listPaymentMethods(transaction, query.accountId, query.limit + 1, after),
    );
    return toPage(
      rows,
      query.limit,
      ({ id }) => [id],
      (method) => method,
    );
  }

  async get(tenantId: string, id: string): Promise<PaymentMethod> {
    return this.#options.database.transaction(tenantId, (transaction) => this.getIn(transaction, id));
  }

  /** A payment method, also one that was removed since. */
  async getKnown(tenantId: string, id: string): Promise<PaymentMethod> {
    const method = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findPaymentMethod(transaction, id),
    );
    if (method === undefined) throw new NotFoundError('payment method', id);
    return method;
  }

  /** A payment method that was not removed. */
  async getIn(transaction: Transaction, id: string): Promise<PaymentMethod> {
    const method = await store.findPaymentMethod(transaction, id);
    if (method === undefined || method.status === 'removed') throw new NotFoundError('payment method', id);
    return method;
  }

  async findDefaultIn(transaction: Transaction, accountId: string): Promise<PaymentMethod | undefined> {
    return store.findDefaultForUpdate(transaction, accountId);
  }

  /** Charges the account by this one from now on, also if it was declined before. */
  async makeDefault(tenantId: string, id: string, ifMatch: number | undefined): Promise<PaymentMethod> {
    return this.#options.database.transaction(tenantId, async (transaction) => {
      const before = await store.findPaymentMethodForUpdate(transaction, id);
      if (before === undefined || before.status === 'removed') throw new NotFoundError('payment method', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const active = { ...before, status: 'active' as const, declineCode: null };
      if (before.isDefault && before.status === 'active') return before;
      await this.#clearDefault(transaction, before.accountId, id);
      return this.#change(transaction, before, { ...active, isDefault: true }, 'made_default');
    });
  }

  /** Removes it here and at the gateway. */
  async remove(tenantId: string, id: string): Promise<void> {
    const { database, gateways } = this.#options;
    const method = await this.get(tenantId, id);
    const { gateway } = await gateways.open(tenantId, method.gatewayAccountId, true);
    await gateway.detachMethod(method.gatewayMethodId).catch((error: unknown) => {
      // It is gone there already.
      if (!(error instanceof GatewayRefusedError)) throw error;
    });
    await database.transaction(tenantId, async (transaction) => {
      const before = await store.findPaymentMethodForUpdate(transaction, id);
      if (before !== undefined && before.status !== 'removed')
        await this.#change(transaction, before, { ...before, status: 'removed', isDefault: false }, 'removed');
    });
  }

  /** Stops charging by what was declined for good, until somebody makes it or another one the default. */
  async markDeclinedIn(transaction: Transaction, id: string, code: string): Promise<void> {
    const before = await store.findPaymentMethodForUpdate(transaction, id);
    if (before?.status !== 'active') return;
    await this.#change(transaction, before, { ...before, status: 'declined', declineCode: code }, 'declined');
  }

  /** Takes over what the gateway tells: a renewed card, or one that was detached there. Answers whether it is ours. */
  async updateFromGatewayIn(
    transaction: Transaction,
    gatewayAccountId: string,
    told: GatewayMethod,
    detached: boolean,
  ): Promise<boolean> {
    const before = await store.findGatewayMethodForUpdate(transaction, gatewayAccountId, told.gatewayMethodId);
    if (before === undefined || before.status === 'removed') return false;
    const { brand, last4, expiryMonth, expiryYear } = told;
    const renewed = expiryMonth !== before.expiryMonth || expiryYear !== before.expiryYear;
    if (!detached && !renewed && last4 === before.last4 && brand === before.brand) return false;
    const after: PaymentMethod = detached
      ? { ...before, status: 'removed', isDefault: false }
      : { ...before, brand, last4, expiryMonth, expiryYear, ...(renewed ? renewedState : {}) };
    await this.#change(transaction, before, after, detached ? 'removed' : 'updated');
    return true;
  }

  /** Tells of cards that expire soon, once for each notice. Answers how many. */
  async notifyExpiring(tenantId: string, now: Date): Promise<number> {
    const horizon = new Date(now.getTime() + 31 * 86_400_000);
    const today = now.toISOString().slice(0, 10);
    let after: string | undefined;
    let told = 0;
    do {
      const page = await this.#options.database.transaction(tenantId, async (transaction) => {
        const methods = await store.listExpiring(transaction, now, horizon, { limit: expiringAtOnce, after });
        for (const method of methods) if (await this.#notifyIn(transaction, method, today)) told += 1;
        return methods;
      });
      after = page.length < expiringAtOnce ? undefined : page.at(-1)?.id;
    } while (after !== undefined);
    return told;
  }

  async #notifyIn(transaction: Transaction, method: PaymentMethod, today: string): Promise<boolean> {
    const noticeDays = dueNotice(method, today);
    if (noticeDays === undefined) return false;
    await this.#change(transaction, method, { ...method, expiryNoticeDays: noticeDays }, 'expiring');
    const { id: paymentMethodId, accountId, brand, last4 } = method;
    const data = { paymentMethodId, accountId, brand, last4, expiresOn: expiresOn(method)!, noticeDays };
    transaction.publish('payment_method.expiring', accountId, data);
    return true;
  }

  async #saveIn(
    transaction: Transaction,
    owner: MethodOwner & { readonly customerId: string; readonly makeDefault: boolean },
    attached: GatewayMethod,
  ): Promise<PaymentMethod> {
    const now = this.#options.clock.now();
    const { accountId, gatewayAccountId, customerId } = owner;
    const known = await store.findGatewayMethodForUpdate(transaction, gatewayAccountId, attached.gatewayMethodId);
    // Whose it is, the gateway knows: it has attached it to the customer of this account.
    if (known !== undefined && known.accountId !== accountId) throw new NotFoundError('payment method', known.id);
    const current = await store.findDefaultForUpdate(transaction, accountId);
    const isDefault = owner.makeDefault || current === undefined || current.id === known?.id;
    if (isDefault) await this.#clearDefault(transaction, accountId, known?.id);
    const fresh = { id: newId(), version: 0, createdAt: now, expiryNoticeDays: null };
    const { gatewayCustomerId: _customer, ...shown } = attached;
    const after: PaymentMethod = {
      ...(known ?? fresh),
      ...shown,
      accountId,
      gatewayAccountId,
      gatewayCustomerId: customerId,
      isDefault,
      status: 'active',
      declineCode: null,
      updatedAt: now,
    };
    return this.#change(transaction, known, after, known === undefined ? 'attached' : 'updated');
  }

  async #clearDefault(transaction: Transaction, accountId: string, except: string | undefined): Promise<void> {
    const current = await store.findDefaultForUpdate(transaction, accountId);
    if (current !== undefined && current.id !== except)
      await this.#change(transaction, current, { ...current, isDefault: false }, 'replaced');
  }

  async #change(
    transaction: Transaction,
    before: PaymentMethod | undefined,
    changed: PaymentMethod,
    what: string,
  ): Promise<PaymentMethod> {
    const after = { ...changed, version: changed.version + 1, updatedAt: this.#options.clock.now() };
    await store.savePaymentMethod(transaction, after);
    transaction.audit({
      action: `payment_method.${what}`,
      resourceType: 'payment_method',
      resourceId: after.id,
      ...(before === undefined ? {} : { before }),
      after,
    });
    return after;
  }

  /** What the account is called at the gateway; made there the first time, the same however often it is asked for. */
  async #ensureCustomer(tenantId: string, owner: MethodOwner, { gateway }: ReadyGateway): Promise<string> {
    const { database, clock } = this.#options;
    const { gatewayAccountId, accountId } = owner;
    const find = (): Promise<string | undefined> =>
      database.transaction(tenantId, (transaction) => store.findCustomer(transaction, gatewayAccountId, accountId));
    const known = await find();
    if (known !== undefined) return known;
    const { name, email, billing } = await this.#getAccount(tenantId, accountId);
    const gatewayCustomerId = await gateway.createCustomer({
      accountId,
      name: billing.name ?? name,
      email: billing.email ?? email,
      key: `customer-${gatewayAccountId}-${accountId}`,
    });
    await database.transaction(tenantId, async (transaction) => {
      await store.insertCustomer(transaction, { gatewayAccountId, accountId, gatewayCustomerId, now: clock.now() });
      transaction.audit({
        action: 'gateway_customer.created',
        resourceType: 'account',
        resourceId: accountId,
        after: { gatewayAccountId, gatewayCustomerId },
      });
    });
    return (await find()) ?? gatewayCustomerId;
  }

  async #getAccount(tenantId: string, accountId: string): Promise<AccountSummary> {
    const [account] = await this.#options.account.listAccountsByIds({ tenantId, ids: [accountId] });
    if (account === undefined) throw new NotFoundError('account', accountId);
    return account;
  }
}

/** A renewed card is worth another try. */
const renewedState = { status: 'active', declineCode: null, expiryNoticeDays: null } as const;
