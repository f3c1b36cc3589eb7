import type { PlanVersion, PriceModel } from '@plinth/contracts';
import {
  buildPrincipal,
  startKillBill,
  startServiceUnderTest,
  startTestServer,
  type RunningKillBill,
} from '@plinth/testing';
import { addDays } from '@plinth/common/calendar';
import { startOfDay } from '@plinth/common/local-date';
import { service } from '../src/index.ts';
import { FakePlatform, FrozenClock } from './subscription.builders.ts';

export const zone = 'Europe/Berlin';

/** The life of one subscription that both engines bill; dates are those of the zone. */
export interface Scenario {
  readonly startsOn: string;
  readonly plan: PlanVersion;
  readonly currency?: string;
  readonly body?: object;
  /** Meter and quantity by the date on which it was used. */
  readonly usage?: Readonly<Record<string, number>>;
  /** Requests below the subscription, by date. */
  readonly requests?: Readonly<Record<string, readonly [path: string, body: object]>>;
}

export type Compared = readonly [from: string, ours: string, killBill: string];

/** The service and a real Kill Bill, one tenant in each, and one time in both. */
export async function startBothEngines(tables: string, start: string) {
  const postgres = await startTestServer();
  const platform = new FakePlatform();
  const clock = new FrozenClock(start);
  const killBill = await startKillBill({ tables, postgresUrl: postgres.url });
  const subscriptions = await startServiceUnderTest(service, {
    contracts: platform.contracts,
    clock,
    postgresUrl: postgres.url,
    environment: {
      SUBSCRIPTION_SECRET: 'a secret of a test, 32 characters',
      SUBSCRIPTION_PRIVATE_KILL_BILL: 'true',
    },
  });
  const principal = buildPrincipal();
  const request = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => {
    const answer = await subscriptions.request(method, path, { principal, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    platform,
    clock,
    killBill,
    subscriptions,
    principal,
    tenantId: principal.tenant!,
    request,
    plan: (key: string, models: Readonly<Record<string, PriceModel>>, changes: Partial<PlanVersion> = {}) =>
      platform.addPlan(principal.tenant!, models, { planKey: key, ...changes }),
    async stop() {
      await subscriptions.stop();
      await killBill.stop();
      await postgres.stop();
    },
  };
}

export type BothEngines = Awaited<ReturnType<typeof startBothEngines>>;

/** Connects the service's tenant to a new one of Kill Bill, whose time is the service's. */
export async function connect({ killBill, clock, request }: BothEngines) {
  const tenant = await killBill.createTenant();
  await killBill.setTime(clock.time, tenant);
  const { base, user, password } = killBill;
  await request('PUT', '/invoices/kill-bill', { baseUrl: base, user, password, ...tenant });
  return tenant;
}

/**
 * Lives all scenarios from one date to another, day by day: in the night what fell due is told to Kill Bill, at noon
 * both engines have billed. Gives the account of each.
 */
export async function live(
  engines: BothEngines,
  tenant: Awaited<ReturnType<RunningKillBill['createTenant']>>,
  scenarios: Readonly<Record<string, Scenario>>,
  [first, last]: readonly [string, string],
): Promise<Record<string, string>> {
  const { clock, killBill, request } = engines;
  const accounts: Record<string, string> = {};
  const ids = new Map<string, string>();
  for (let date = first; date <= last; date = addDays(date, 1)) {
    clock.time = new Date(startOfDay(zone, date).getTime() + 1_800_000);
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (scenario.startsOn === date) {
        const started = await subscribe(engines, scenario);
        accounts[name] = started.accountId;
        ids.set(name, started.subscriptionId);
      }
      const wanted = scenario.requests?.[date];
      if (wanted !== undefined) await request('POST', `/subscriptions/${ids.get(name)}${wanted[0]}`, wanted[1]);
    }
    if (!isEventful(date, scenarios)) continue;
    const { failed } = await request('POST', '/invoices/kill-bill/runs', {});
    if (failed > 0) throw new Error(`Kill Bill refused ${failed} on ${date}`);
    clock.time = new Date(`${date}T12:00:00Z`);
    await killBill.setTime(clock.time, tenant);
    await request('POST', '/invoices/runs', {});
  }
  await request('POST', '/invoices/kill-bill/runs', {});
  return accounts;
}

/** Periods of an account as from, ours and theirs, where they differ or not. */
export async function compare({ request }: BothEngines, accountId: string): Promise<Compared[]> {
  const { periods } = await request('GET', `/invoices/kill-bill/comparison?accountId=${accountId}`);
  return periods.map(({ from, oursMinor, killBillMinor }: Record<string, string>) => [from, oursMinor, killBillMinor]);
}

async function subscribe({ platform, tenantId, request }: BothEngines, scenario: Scenario) {
  const account = platform.addAccount(tenantId, { currency: scenario.currency ?? 'EUR', timeZone: zone });
  for (const [date, quantity] of Object.entries(scenario.usage ?? {}))
    platform.meter(
      tenantId,
      account.id,
      'api_call',
      new Date(startOfDay(zone, date).getTime() + 1).toISOString(),
      quantity,
    );
  const body = { accountId: account.id, planId: scenario.plan.planId, startsOn: scenario.startsOn, ...scenario.body };
  return { accountId: account.id, subscriptionId: (await request('POST', '/subscriptions', body)).id as string };
}

/** Whether a scenario begins or is changed on the date, or may have a boundary on it. */
function isEventful(date: string, scenarios: Readonly<Record<string, Scenario>>): boolean {
  return Object.values(scenarios).some(
    ({ startsOn, requests = {} }) =>
      startsOn === date ||
      date in requests ||
      startsOn.slice(8) === date.slice(8) ||
      addDays(startsOn, 14).slice(8) === date.slice(8) ||
      // Where a month has no such day, the boundary is its last one.
      (date.slice(8) < startsOn.slice(8) && addDays(date, 1).endsWith('-01')),
  );
}
