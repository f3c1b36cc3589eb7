import type { AccountSummary } from '@plinth/contracts';
import { newId, type Clock, type ServiceInstance } from '@plinth/common';
import { service as metering } from '@plinth/metering';
import { service as product } from '@plinth/product';
import { service as subscription } from '@plinth/subscription';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest, type TestResponse } from '@plinth/testing';

type ServiceName = 'metering' | 'product' | 'subscription';

interface PlatformState {
  readonly accounts: Map<string, AccountSummary & { tenantId: string }>;
  /** Sandboxes, and where their time stands. */
  readonly testClocks: Map<string, string | null>;
}

/** Product, metering and subscription, each on a database of its own, asking each other by their contracts. */
export class BillingServices {
  readonly clock: Clock & { time: Date };
  readonly #state: PlatformState;
  readonly #services: Readonly<Record<ServiceName, ServiceUnderTest>>;

  private constructor(
    clock: BillingServices['clock'],
    state: PlatformState,
    services: Readonly<Record<ServiceName, ServiceUnderTest>>,
  ) {
    this.clock = clock;
    this.#state = state;
    this.#services = services;
  }

  static async start(time: string): Promise<BillingServices> {
    const clock = {
      time: new Date(time),
      now() {
        return this.time;
      },
    };
    const accounts = new Map<string, AccountSummary & { tenantId: string }>();
    const account = accountContractOf(accounts);
    const testClocks = new Map<string, string | null>();
    const tenant = tenantContractOf(testClocks);
    const counting = await startServiceUnderTest(metering, { contracts: { account, tenant }, clock });
    const selling = await startServiceUnderTest(product, {
      contracts: { metering: contractOf(counting.instance), subscription: {} },
      clock,
    });
    const billing = await startServiceUnderTest(subscription, {
      contracts: {
        account,
        tenant,
        metering: contractOf(counting.instance),
        product: contractOf(selling.instance),
      },
      clock,
    });
    const services = { metering: counting, product: selling, subscription: billing };
    return new BillingServices(clock, { accounts, testClocks }, services);
  }

  /** Requests of a new tenant's administrator to one of the services, and accounts of it. */
  openTenant({ sandbox = false } = {}) {
    const principal = buildPrincipal();
    const tenantId = principal.tenant!;
    if (sandbox) this.#state.testClocks.set(tenantId, null);
    const send =
      (service: ServiceName) =>
      (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown, headers = {}): Promise<TestResponse> =>
        this.#services[service].request(method, path, { principal, headers, ...(body === undefined ? {} : { body }) });
    return {
      tenantId,
      metering: send('metering'),
      product: send('product'),
      subscription: send('subscription'),
      addAccount: (): AccountSummary => {
        const id = newId();
        const account: AccountSummary = {
          id,
          key: id,
          name: 'Acme',
          email: null,
          currency: 'EUR',
          timeZone: 'Europe/Berlin',
          parentId: null,
          customerTenantId: null,
          billing: {},
        };
        this.#state.accounts.set(id, { ...account, tenantId });
        return account;
      },
    };
  }

  /** Lets changed meters be made of the stored events. */
  async reAggregate(): Promise<void> {
    const job = this.#services.metering.instance.jobs?.find(({ name }) => name === 'metering.re-aggregation');
    await job!.run({});
  }

  async stop(): Promise<void> {
    for (const one of Object.values(this.#services)) await one.stop();
  }
}

function contractOf({ contract }: ServiceInstance): object {
  return contract as object;
}

function accountContractOf(accounts: ReadonlyMap<string, AccountSummary & { tenantId: string }>) {
  const list = (tenantId: string, ids: readonly string[]) =>
    ids.flatMap((id) => {
      const account = accounts.get(id);
      return account?.tenantId === tenantId ? [account] : [];
    });
  return {
    listAccountsByIds: async ({ tenantId, ids }: { tenantId: string; ids: string[] }) => list(tenantId, ids),
    resolveAccounts: async ({ tenantId, keys }: { tenantId: string; keys: string[] }) =>
      list(tenantId, keys).map(({ id, key }) => ({ key, accountId: id })),
  };
}

function tenantContractOf(testClocks: Map<string, string | null>) {
  const stateOf = (tenantId: string) => ({
    sandbox: testClocks.has(tenantId),
    testClock: testClocks.get(tenantId) ?? null,
  });
  return {
    findClock: async ({ tenantId }: { tenantId: string }) => stateOf(tenantId),
    advanceClock: async ({ tenantId, to }: { tenantId: string; to: string }) => {
      testClocks.set(tenantId, to);
      return stateOf(tenantId);
    },
  };
}
