import type { QuotaDecision, RouteUsage } from '@plinth/contracts';
import { createLogger } from '@plinth/common';
import type { FastifyReply } from 'fastify';
import { expect, test, vi } from 'vitest';
import { fromExact, toExact } from './quota-tally.ts';
import { UsageQuotas } from './usage-quotas.ts';

const payer = { tenantId: 'seller', accountId: 'account' };
const usage: RouteUsage = { unit: 'api_call' };
const start = Date.parse('2026-03-10T12:00:00Z');

function decide(changes: Partial<QuotaDecision> = {}): QuotaDecision {
  const resetsAt = '2026-03-11T00:00:00.000Z';
  return { allowed: false, limit: '10', used: '0', remaining: '10', overage: '0', resetsAt, ...changes };
}

/** Quotas over services that a test lets answer and fail. */
function build(answer: () => Promise<QuotaDecision>) {
  const world = { now: start, payer: payer as typeof payer | null, asked: 0, lines: [] as string[] };
  const findAccountOfTenant = vi.fn(async () => world.payer);
  const log = createLogger({ level: 'info', destination: { write: (line: string) => void world.lines.push(line) } });
  const checkQuota = () => {
    world.asked += 1;
    return answer();
  };
  const quotas = new UsageQuotas({
    accounts: { findAccountOfTenant },
    metering: { checkQuota },
    log,
    now: () => world.now,
  });
  const take = (of: RouteUsage = usage) => {
    const headers: Record<string, string> = {};
    const reply = {
      getHeader: (name: string) => headers[name],
      header: (name: string, value: string) => void (headers[name] = value),
    } as unknown as FastifyReply;
    return { headers, taken: quotas.take('buyer', of, reply) };
  };
  return { world, take, findAccountOfTenant };
}

test('exact decimals are counted without rounding', () => {
  for (const text of ['0', '-0.5', '123456789012345678901234.000000000001', '7.25'])
    expect(fromExact(toExact(text))).toBe(text);
});

test('counts what passes, warns from eighty percent on, and refuses what is more than is left', async () => {
  const { world, take } = build(async () => decide({ used: '7' }));
  await take().taken;
  const ninth = take();
  expect(ninth).toMatchObject({ taken: { payer, usage }, headers: { ratelimit: '"api_call";r=1;t=43200' } });
  expect(() => take({ ...usage, quantity: '1.5' }).taken).toThrow(
    expect.objectContaining({
      code: 'quota.exceeded',
      retryAfterSeconds: 43_200,
      details: { unit: 'api_call', limit: '10', used: '9', resetsAt: '2026-03-11T00:00:00.000Z' },
    }),
  );
  expect(take({ ...usage, quantity: '1' }).headers).toEqual({
    ratelimit: '"api_call";r=0;t=43200',
    'ratelimit-policy': '"api_call";q=10',
  });
  expect(() => take().taken).toThrow();
  expect(world.asked).toBe(1);
});

test('says nothing below eighty percent, and waits for nothing that it remembers', async () => {
  const { take, findAccountOfTenant, world } = build(async () => decide());
  expect(take().taken).toBeInstanceOf(Promise);
  await take().taken;
  const { taken, headers } = take();
  expect([taken, headers]).toEqual([expect.objectContaining({ payer }), {}]);
  world.now += 1001;
  expect(take().taken).toBeInstanceOf(Promise);
  expect([findAccountOfTenant.mock.calls.length, world.asked]).toEqual([1, 2]);
});

test('a request that was no usage gives back what it took', async () => {
  const { take } = build(async () => decide({ limit: '1' }));
  const taken = await take().taken;
  expect(() => take().taken).toThrow();
  taken!.giveBack();
  expect(take().taken).toMatchObject({ payer });
});

test('a quota that only warns, one that never begins anew, and none at all let requests pass', async () => {
  const warns = build(async () => decide({ allowed: true, used: '25', resetsAt: null }));
  await warns.take().taken;
  expect(warns.take()).toMatchObject({ taken: { payer }, headers: { ratelimit: '"api_call";r=0' } });
  const none = build(async () => decide({ allowed: true, limit: null, used: null }));
  await none.take().taken;
  expect(none.take()).toMatchObject({ taken: { payer }, headers: {} });
});

test('who has no payer is asked about once in a while, and never about quotas', async () => {
  const { world, take } = build(async () => decide());
  world.payer = null;
  expect(await take().taken).toBeUndefined();
  expect([take().taken, world.asked]).toEqual([undefined, 0]);
});

test('requests pass while metering is away or too slow, and that is logged once', async () => {
  let answer: () => Promise<QuotaDecision> = () => Promise.reject(new Error('gone'));
  const { world, take } = build(() => answer());
  const messages = () => world.lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  for (let round = 0; round < 3; round += 1) {
    expect(await take().taken).toMatchObject({ payer });
    world.now += 1001;
  }
  answer = () => new Promise(() => {});
  const startedAt = performance.now();
  expect(await take().taken).toMatchObject({ payer });
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect(messages()).toEqual(['quotas are not enforced: requests pass until the service answers']);
  world.now += 1001;
  answer = async () => decide({ limit: '0' });
  await expect(take().taken).rejects.toMatchObject({ code: 'quota.exceeded' });
  expect(messages().at(-1)).toBe('quotas are enforced again');
});

test('usage keeps its payer while the account service is away', async () => {
  const { world, take, findAccountOfTenant } = build(async () => decide());
  await take().taken;
  world.now += 6000;
  findAccountOfTenant.mockRejectedValue(new Error('gone'));
  expect(await take().taken).toMatchObject({ payer });
});
