/** What a service promises, over 30 days. */
export interface Objective {
  readonly name: 'availability' | 'latency';
  readonly title: string;
  /** Share of good requests that is promised. */
  readonly target: number;
}

export const objectives: readonly Objective[] = [
  { name: 'availability', title: 'requests without an error of ours', target: 0.999 },
  { name: 'latency', title: 'requests answered within 500 ms', target: 0.95 },
];

/** How fast a budget may burn, measured over two windows: the short one ends the alert soon after the cause is gone. */
export interface BurnRate {
  readonly factor: number;
  readonly long: string;
  readonly short: string;
  readonly severity: 'critical' | 'warning';
}

/** Site Reliability Workbook, chapter 5, "multiwindow, multi-burn-rate alerts": 2 %, 5 %, 10 % and 10 % of the budget. */
export const burnRates: readonly BurnRate[] = [
  { factor: 14.4, long: '1h', short: '5m', severity: 'critical' },
  { factor: 6, long: '6h', short: '30m', severity: 'critical' },
  { factor: 3, long: '1d', short: '2h', severity: 'warning' },
  { factor: 1, long: '3d', short: '6h', severity: 'warning' },
];

export const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/** The share of requests that an objective lets fail, without the noise of binary fractions. */
export function budgetOf({ target }: Objective): number {
  return Number((1 - target).toFixed(6));
}
