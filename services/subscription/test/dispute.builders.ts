import type { AuditEntryRecord, UsageEventRecord } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { startServiceUnderTest, StripeStandIn } from '@plinth/testing';
import { service } from '../src/index.ts';
import { FakePlatform, FrozenClock } from './subscription.builders.ts';

/** What metering and audit know, and whether they answer. */
export class FakeRecords {
  readonly events: (UsageEventRecord & { tenantId: string })[] = [];
  readonly entries: (AuditEntryRecord & { tenantId: string })[] = [];
  /** Away: it fails at once. Silent: it never answers. */
  state: 'there' | 'away' | 'silent' = 'there';

  addEvent(
    tenantId: string,
    accountId: string,
    time: string,
    changes: Partial<UsageEventRecord> = {},
  ): UsageEventRecord {
    const event = {
      source: '/services/orders',
      id: newId(),
      type: 'api_call',
      accountId,
      time,
      receivedAt: time,
      data: { quantity: '1', service: 'orders', endpoint: 'GET /orders' },
      retracted: false,
      corrections: [],
      ...changes,
    };
    this.events.push({ ...event, tenantId });
    return event;
  }

  readonly listEvents = async (input: {
    tenantId: string;
    accountId: string;
    from: string;
    to: string;
    cursor?: string;
    limit?: number;
  }) => {
    await this.#answer();
    const skip = Number(input.cursor ?? 0);
    const limit = input.limit ?? 200;
    const found = this.events
      .filter((event) => event.tenantId === input.tenantId && event.accountId === input.accountId)
      .filter(({ time }) => time >= input.from && time < input.to)
      .map(({ tenantId: _tenantId, ...event }) => event);
    const nextCursor = found.length > skip + limit ? String(skip + limit) : null;
    return { data: found.slice(skip, skip + limit), nextCursor };
  };

  readonly correctEvent = async (input: {
    tenantId: string;
    id: string;
    reason: string;
    correctedBy: string;
    data?: object;
  }) => {
    const at = this.events.findIndex((event) => event.tenantId === input.tenantId && event.id === input.id);
    const before = this.events[at]!;
    const { data: previousData } = before;
    const { reason, correctedBy } = input;
    const kind = input.data === undefined ? ('retracted' as const) : ('replaced' as const);
    const corrections = [{ kind, reason, previousData, correctedBy, correctedAt: before.time }];
    const data = (input.data as Record<string, unknown> | undefined) ?? previousData;
    return (this.events[at] = { ...before, data, corrections, retracted: kind === 'retracted' });
  };

  readonly listEntries = async (input: { tenantId: string; resourceIds: string[] }) => {
    await this.#answer();
    const data = this.entries.filter(
      ({ tenantId, resource }) => tenantId === input.tenantId && input.resourceIds.includes(resource.id),
    );
    return { data, nextCursor: null };
  };

  async #answer(): Promise<void> {
    if (this.state === 'away') throw new Error('away');
    if (this.state === 'silent') await new Promise(() => {});
  }
}

/** The service with a gateway that can fail, and what metering and audit know. */
export async function startDisputes() {
  const platform = new FakePlatform();
  const records = new FakeRecords();
  const clock = new FrozenClock('2024-06-15T12:00:00Z');
  const stripe = new StripeStandIn();
  const stripeUrl = await stripe.start();
  const { metering, ...others } = platform.contracts;
  const under = await startServiceUnderTest(service, {
    contracts: {
      ...others,
      metering: { ...metering, listEvents: records.listEvents, correctEvent: records.correctEvent },
      audit: { listEntries: records.listEntries },
    },
    clock,
    environment: {
      SUBSCRIPTION_SECRET: 'a secret of the test with enough characters',
      SUBSCRIPTION_STRIPE_URL: stripeUrl,
      SUBSCRIPTION_GATEWAY_TIMEOUT: '3s',
    },
  });
  return {
    platform,
    records,
    clock,
    stripe,
    under,
    stop: async () => {
      await under.stop();
      await stripe.stop();
    },
  };
}

export type DisputesUnderTest = Awaited<ReturnType<typeof startDisputes>>;
