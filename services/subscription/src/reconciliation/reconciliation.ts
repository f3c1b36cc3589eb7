import type { GatewayMovement, GatewayName } from '../payment-gateway/payment-gateway.ts';

/** Money that moved according to our books. */
export interface OwnMovement {
  readonly kind: 'payment' | 'refund' | 'chargeback';
  /** Id of the payment, the refund or the chargeback. */
  readonly id: string;
  readonly gateway: GatewayName;
  readonly gatewayAccountId: string | null;
  readonly gatewayId: string | null;
  readonly currency: string;
  /** In is positive; zero for what came back. */
  readonly amountMinor: bigint;
  readonly movedAt: Date;
}

/** Something on which the books and the gateway disagree. */
export interface Difference {
  readonly problem: 'missing_here' | 'missing_at_gateway' | 'amount_differs' | 'currency_differs';
  readonly kind: OwnMovement['kind'];
  readonly gatewayAccountId: string;
  readonly gatewayId: string | null;
  readonly id: string | null;
  readonly currency: string;
  readonly ownMinor: bigint | null;
  readonly gatewayMinor: bigint | null;
}

/** Sums of one day, gateway, kind and currency. */
export interface DaySum {
  /** In UTC. */
  readonly date: string;
  readonly gateway: GatewayName;
  readonly gatewayAccountId: string | null;
  readonly kind: GatewayMovement['kind'];
  readonly currency: string;
  readonly ownCount: number;
  readonly ownMinor: bigint;
  /** Null where there is no gateway that keeps books of its own. */
  readonly gatewayCount: number | null;
  readonly gatewayMinor: bigint | null;
  readonly feeMinor: bigint | null;
}

interface Compared {
  readonly gatewayAccountId: string;
  readonly from: Date;
  readonly to: Date;
  /** Ours in the range, and whatever the gateway names besides. */
  readonly own: readonly OwnMovement[];
  /** The gateway's in the range, and some days around it: both sides note the same money at different times. */
  readonly theirs: readonly GatewayMovement[];
}

/**
 * What the books and the gateway disagree on. Movements of one payment, refund or dispute count together, so that money
 * that went and came back is none. What moved outside of the range serves to find the other side alone.
 */
export function findDifferences({ gatewayAccountId, from, to, own, theirs }: Compared): Difference[] {
  const sums = sumById(theirs);
  const ours = new Map(own.map((movement) => [keyOf(movement.kind, movement.gatewayId), movement]));
  const differences: Difference[] = [];
  for (const [key, sum] of sums) {
    const mine = ours.get(key);
    const isInRange = sum.times.some((time) => time >= from && time < to);
    if (!isInRange && !(mine !== undefined && mine.movedAt >= from && mine.movedAt < to)) continue;
    const problem = compare(mine, sum);
    if (problem !== undefined)
      differences.push({
        problem,
        kind: sum.kind,
        gatewayAccountId,
        gatewayId: sum.gatewayId,
        id: mine?.id ?? null,
        currency: mine?.currency ?? sum.currency,
        ownMinor: mine?.amountMinor ?? null,
        gatewayMinor: sum.amountMinor,
      });
  }
  for (const movement of own) {
    const { kind, id, gatewayId, currency, amountMinor, movedAt } = movement;
    if (amountMinor === 0n || movedAt < from || movedAt >= to || sums.has(keyOf(kind, gatewayId))) continue;
    const problem = 'missing_at_gateway';
    differences.push({
      problem,
      kind,
      gatewayAccountId,
      gatewayId,
      id,
      currency,
      ownMinor: amountMinor,
      gatewayMinor: null,
    });
  }
  return differences;
}

/** Both sides added up by day, for what moved in [from, to). */
export function sumDays(
  gateway: Pick<DaySum, 'gateway' | 'gatewayAccountId'>,
  own: readonly OwnMovement[],
  theirs: readonly GatewayMovement[] | undefined,
  range: { readonly from: Date; readonly to: Date },
): DaySum[] {
  const days = new Map<string, DaySum>();
  const isInRange = (time: Date): boolean => time >= range.from && time < range.to;
  const add = (time: Date, kind: DaySum['kind'], currency: string, change: (sum: DaySum) => DaySum): void => {
    const date = time.toISOString().slice(0, 10);
    const key = `${date}/${kind}/${currency}`;
    const noBooks = { gatewayCount: null, gatewayMinor: null, feeMinor: null };
    const books = theirs === undefined ? noBooks : { gatewayCount: 0, gatewayMinor: 0n, feeMinor: 0n };
    days.set(key, change(days.get(key) ?? { date, ...gateway, kind, currency, ownCount: 0, ownMinor: 0n, ...books }));
  };
  for (const { movedAt, kind, currency, amountMinor } of own)
    if (isInRange(movedAt))
      add(movedAt, kind, currency, (sum) => ({
        ...sum,
        ownCount: sum.ownCount + 1,
        ownMinor: sum.ownMinor + amountMinor,
      }));
  for (const { createdAt, kind, currency, amountMinor, feeMinor } of theirs ?? [])
    if (isInRange(createdAt))
      add(createdAt, kind, currency, (sum) => ({
        ...sum,
        gatewayCount: (sum.gatewayCount ?? 0) + 1,
        gatewayMinor: (sum.gatewayMinor ?? 0n) + amountMinor,
        feeMinor: (sum.feeMinor ?? 0n) + feeMinor,
      }));
  return [...days.values()].toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

interface GatewaySum {
  readonly kind: OwnMovement['kind'];
  readonly gatewayId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly times: readonly Date[];
}

function sumById(theirs: readonly GatewayMovement[]): Map<string, GatewaySum> {
  const sums = new Map<string, GatewaySum>();
  for (const { kind, gatewayId, currency, amountMinor, createdAt } of theirs) {
    if (kind === 'other') continue;
    const before = sums.get(keyOf(kind, gatewayId));
    sums.set(keyOf(kind, gatewayId), {
      kind,
      gatewayId,
      currency,
      amountMinor: (before?.amountMinor ?? 0n) + amountMinor,
      times: [...(before?.times ?? []), createdAt],
    });
  }
  return sums;
}

function compare(mine: OwnMovement | undefined, sum: GatewaySum): Difference['problem'] | undefined {
  if (mine === undefined) return sum.amountMinor === 0n ? undefined : 'missing_here';
  // The gateway may settle in another currency than it charges.
  if (mine.currency !== sum.currency) return 'currency_differs';
  return mine.amountMinor === sum.amountMinor ? undefined : 'amount_differs';
}

function keyOf(kind: string, gatewayId: string | null): string {
  return `${kind}/${gatewayId}`;
}

function orderOf({ date, kind, currency }: DaySum): string {
  return `${date}/${kind}/${currency}`;
}
