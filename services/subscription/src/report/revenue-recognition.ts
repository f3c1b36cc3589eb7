import type { RecognitionRow } from './revenue-recognition.store.ts';

/** A month of the schedule; without tax, in smallest units. */
export interface RecognitionMonth {
  readonly month: string;
  readonly invoicedMinor: bigint;
  readonly creditedMinor: bigint;
  readonly recognizedMinor: bigint;
  /** Invoiced and not earned at the end of the month; negative: earned and not invoiced. */
  readonly deferredMinor: bigint;
}

export interface RecognitionSchedule {
  /** Invoiced and not earned when the first month begins. */
  readonly openingDeferredMinor: bigint;
  readonly months: readonly RecognitionMonth[];
}

/** The schedule of every month of a range: deferred grows by what is invoiced and shrinks by what is earned. */
export function toSchedule(rows: readonly RecognitionRow[], months: readonly string[]): RecognitionSchedule {
  const byMonth = new Map(rows.map((row) => [row.month, row]));
  const openingDeferredMinor = deferredBy(byMonth.get(null));
  let deferredMinor = openingDeferredMinor;
  return {
    openingDeferredMinor,
    months: months.map((month) => {
      const row = byMonth.get(month);
      deferredMinor += deferredBy(row);
      return {
        month,
        invoicedMinor: row?.invoicedMinor ?? 0n,
        creditedMinor: row?.creditedMinor ?? 0n,
        recognizedMinor: row?.recognizedMinor ?? 0n,
        deferredMinor,
      };
    }),
  };
}

function deferredBy(row: RecognitionRow | undefined): bigint {
  return row === undefined ? 0n : row.invoicedMinor - row.creditedMinor - row.recognizedMinor;
}
