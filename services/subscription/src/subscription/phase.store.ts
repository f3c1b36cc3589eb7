import type { Transaction } from '@plinth/common';
import { startOfDay } from '@plinth/common/local-date';
import { baseTrack, type Phase, type Subscription } from './subscription.ts';

interface PhaseRow {
  readonly id: string;
  readonly subscription_id: string;
  readonly track: string;
  readonly plan_id: string;
  readonly plan_version: number;
  readonly phase_key: string;
  readonly phase_kind: Phase['phaseKind'];
  readonly paused: boolean;
  readonly quantity: number;
  readonly from_date: string;
  readonly to_date: string | null;
  readonly from_at: Date | null;
  readonly to_at: Date | null;
}

export async function insertPhases(transaction: Transaction, subscriptions: readonly Subscription[]): Promise<void> {
  const phases = subscriptions.flatMap(({ id, currency, timeZone, phases: own }) =>
    own.map((phase) => ({ ...phase, subscriptionId: id, currency, timeZone })),
  );
  await transaction.execute(
    `INSERT INTO subscription.phases
       (tenant_id, id, subscription_id, track, plan_id, plan_version, currency, phase_key, phase_kind, paused, quantity,
        from_date, to_date, from_at, to_at)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::int[], $7::text[], $8::text[], $9::text[],
       $10::boolean[], $11::int[], $12::date[], $13::date[], $14::timestamptz[], $15::timestamptz[])`,
    [
      transaction.tenantId,
      phases.map((phase) => phase.id),
      phases.map((phase) => phase.subscriptionId),
      phases.map((phase) => phase.track),
      phases.map((phase) => phase.planId),
      phases.map((phase) => phase.planVersion),
      phases.map((phase) => phase.currency),
      phases.map((phase) => phase.phaseKey),
      phases.map((phase) => phase.phaseKind),
      phases.map((phase) => phase.paused),
      phases.map((phase) => phase.quantity),
      phases.map((phase) => phase.from),
      phases.map((phase) => phase.to),
      phases.map(({ timeZone, from, startsAt }) => instantBesideDate(timeZone, from, startsAt)),
      phases.map(({ timeZone, to, endsAt }) => instantBesideDate(timeZone, to, endsAt)),
    ],
  );
}

/** The phases by subscription, of the given ones with their zones; the plan's own track first, in order of time. */
export async function listPhases(
  transaction: Transaction,
  zones: ReadonlyMap<string, string>,
): Promise<Map<string, Phase[]>> {
  const rows = await transaction.rows<PhaseRow>(
    `SELECT id, subscription_id, track, plan_id, plan_version, phase_key, phase_kind, paused, quantity, from_date::text AS from_date,
       to_date::text AS to_date, from_at, to_at
     FROM subscription.phases WHERE subscription_id = ANY ($1::uuid[])
     ORDER BY subscription_id, track <> '${baseTrack}', track, phases.from_date, phases.from_at NULLS FIRST`,
    [[...zones.keys()]],
  );
  const phases = new Map<string, Phase[]>([...zones.keys()].map((id) => [id, []]));
  for (const row of rows) phases.get(row.subscription_id)?.push(fromRow(row, zones.get(row.subscription_id) ?? 'UTC'));
  return phases;
}

/** Kept only where it is not the midnight with which the date begins. */
function instantBesideDate(zone: string, date: string | null, at: Date | null): Date | null {
  return date === null || at === null || startOfDay(zone, date).getTime() === at.getTime() ? null : at;
}

function fromRow(row: PhaseRow, zone: string): Phase {
  return {
    id: row.id,
    track: row.track,
    planId: row.plan_id,
    planVersion: row.plan_version,
    phaseKey: row.phase_key,
    phaseKind: row.phase_kind,
    paused: row.paused,
    quantity: row.quantity,
    from: row.from_date,
    to: row.to_date,
    startsAt: row.from_at ?? startOfDay(zone, row.from_date),
    endsAt: row.to_date === null ? null : (row.to_at ?? startOfDay(zone, row.to_date)),
  };
}
