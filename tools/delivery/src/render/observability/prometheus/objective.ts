import type { WatchedPlatform } from '../watched-platform.ts';

/** What services promise, over 30 days. */
export interface Objective {
  readonly name: 'availability' | 'latency';
  readonly title: string;
  /** Share of good requests that is promised. */
  readonly target: number;
  /** Seconds within which a good request is answered; of latency alone. */
  readonly within: number | undefined;
  /** Core services that promise it, sorted. */
  readonly services: readonly string[];
  /** Labels of its series and alerts, by which they differ from those of services that promise something else. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Names of objectives, and what they say of requests, in the order of the dashboards. */
export const objectiveNames = [
  { name: 'availability', title: 'requests without an error of ours' },
  { name: 'latency', title: 'requests answered in time' },
] as const;

/** Objectives of the platform: services that promise the same are together. */
export function listObjectives({ platform, services }: WatchedPlatform): Objective[] {
  return objectiveNames.flatMap(({ name, title }) => {
    const groups = new Map<string, Objective>();
    for (const service of services) {
      const own = platform.objectives[service];
      if (own === undefined) continue;
      const target = name === 'latency' ? own.latency.target : own.availability;
      const within = name === 'latency' ? own.latency.within : undefined;
      const key = `${target} ${within}`;
      const before = groups.get(key)?.services ?? [];
      const text = within === undefined ? title : `requests answered within ${within * 1000} ms`;
      const labels = { target: String(target), ...(within === undefined ? {} : { within: String(within) }) };
      groups.set(key, { name, title: text, target, within, labels, services: [...before, service] });
    }
    return [...groups.values()];
  });
}

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
