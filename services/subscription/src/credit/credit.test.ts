import { expect, test } from 'vitest';
import { seededRandom } from '../money/seeded-random.ts';
import { burnDown, compareGrants, fallsBelow, type CreditGrant } from './credit.ts';

const now = new Date('2024-06-15T12:00:00Z');
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

function buildGrant(id: string, changes: Partial<CreditGrant> = {}): CreditGrant {
  return {
    id,
    walletId: 'w',
    accountId: 'a',
    currency: 'EUR',
    legalEntityId: 'entity',
    kind: 'paid',
    amountMinor: 100n,
    remainingMinor: 100n,
    priority: 100,
    expiresAt: null,
    reason: 'as agreed',
    source: { type: 'payment', id: 'p' },
    voidedAt: null,
    createdAt: now,
    updatedAt: now,
    ...changes,
  };
}

test('uses the lowest priority first, then what expires first, promotions before money, and the oldest', () => {
  const grants = [
    buildGrant('6'),
    buildGrant('5', { kind: 'promotional' }),
    buildGrant('7'),
    buildGrant('4', { expiresAt: days(9) }),
    buildGrant('3', { expiresAt: days(2) }),
    buildGrant('2', { expiresAt: days(2), kind: 'promotional' }),
    buildGrant('1', { priority: 1 }),
  ];
  expect(grants.toSorted(compareGrants).map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
});

test('pays with nothing that is over at that instant, of another legal entity, or empty', () => {
  const grants = [
    buildGrant('over', { expiresAt: now }),
    buildGrant('foreign', { legalEntityId: 'other' }),
    buildGrant('empty', { remainingMinor: 0n }),
    buildGrant('good', { expiresAt: new Date(now.getTime() + 1) }),
  ];
  const uses = burnDown(grants, [{ invoiceId: 'i', legalEntityId: 'entity', amountMinor: 150n }], now);
  expect(uses.map(({ grant, amountMinor }) => [grant.id, amountMinor])).toEqual([['good', 100n]]);
});

test('never uses more than remains nor more than is due, and leaves nothing usable while something is due', () => {
  const random = seededRandom(14);
  for (let run = 0; run < 500; run += 1) {
    const grants = Array.from({ length: random(6) }, (_, index) =>
      buildGrant(String(index), {
        remainingMinor: BigInt(random(200)),
        priority: random(3),
        legalEntityId: random(4) === 0 ? 'other' : 'entity',
        expiresAt: random(2) === 0 ? null : days(random(5) - 1),
        kind: random(2) === 0 ? 'paid' : 'promotional',
      }),
    );
    const demands = Array.from({ length: random(4) }, (_, index) => ({
      invoiceId: String(index),
      legalEntityId: 'entity',
      amountMinor: BigInt(random(300)),
    }));
    const uses = burnDown(grants, demands, now);
    const sumOf = (part: typeof uses) => part.reduce((sum, use) => sum + use.amountMinor, 0n);
    for (const grant of grants)
      expect(sumOf(uses.filter((use) => use.grant.id === grant.id)) <= grant.remainingMinor).toBe(true);
    for (const { invoiceId, amountMinor } of demands)
      expect(sumOf(uses.filter((use) => use.invoiceId === invoiceId)) <= amountMinor).toBe(true);
    const usable = grants
      .filter(({ legalEntityId, expiresAt }) => legalEntityId === 'entity' && (expiresAt === null || expiresAt > now))
      .reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n);
    const due = demands.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    expect(sumOf(uses)).toBe(usable < due ? usable : due);
  }
});

test('tells that a balance fell below its threshold once, when it crosses it', () => {
  expect([fallsBelow(100n, 100n, 99n), fallsBelow(100n, 99n, 50n), fallsBelow(100n, 150n, 100n)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(fallsBelow(null, 100n, 0n)).toBe(false);
});
