import { expect, test } from 'vitest';
import { usualObjectives } from '../../../description/resolve-objectives.ts';
import { buildInput } from '../observability.builders.ts';
import { watchPlatform } from '../watched-platform.ts';
import { listObjectiveAlerts, listObjectiveRules } from './objective-rules.ts';

const watch = (own: Partial<typeof usualObjectives> = {}) => {
  const objectives = { iam: usualObjectives, metering: { ...usualObjectives, ...own } };
  return watchPlatform(buildInput(['gateway', 'iam', 'metering'], { prometheus: 9090 }, { objectives }).platform);
};

test('has one alert for each burn rate where all services promise the same', () => {
  const alerts = listObjectiveAlerts(watch());
  expect(alerts.map(({ name }) => name)).toEqual([
    ...['1h', '6h', '1d', '3d'].map((window) => `ErrorBudgetBurn${window}`),
    ...['1h', '6h', '1d', '3d'].map((window) => `LatencyBudgetBurn${window}`),
  ]);
  expect(alerts[0]?.expression).toBe(
    'service:objective_availability_failed:ratio_rate1h{target="0.999"} > 0.0144 and service:objective_availability_failed:ratio_rate5m{target="0.999"} > 0.0144',
  );
});

test('measures a service by what it promises itself', () => {
  const watched = watch({ availability: 0.9995, latency: { target: 0.99, within: 0.1 } });
  const expressions = listObjectiveRules(watched).flatMap(({ rules }) => rules.map(({ expression }) => expression));
  expect(expressions.filter((expression) => expression.includes('le="0.1"'))).toHaveLength(7);
  expect(expressions.find((expression) => expression.includes('le="0.1"'))).not.toContain('iam');
  expect(expressions).toContain(
    '1 - avg_over_time(service:objective_availability_failed:ratio_rate5m{target="0.9995"}[30d]) / 0.0005',
  );
  const fast = listObjectiveAlerts(watched).filter(({ name }) => name === 'ErrorBudgetBurn1h');
  expect(fast.map(({ expression }) => expression.split(' and ')[0])).toEqual([
    'service:objective_availability_failed:ratio_rate1h{target="0.999"} > 0.0144',
    'service:objective_availability_failed:ratio_rate1h{target="0.9995"} > 0.0072',
  ]);
  // Rules of one name must differ in their labels.
  expect(fast.map(({ labels }) => labels?.['target'])).toEqual(['0.999', '0.9995']);
  expect(fast[1]?.description).toContain('99.95 % requests without an error of ours');
});

test('promises nothing of a platform without core services', () => {
  const { platform } = buildInput([], { prometheus: 9090 });
  expect(listObjectiveRules(watchPlatform(platform))).toEqual([]);
  expect(listObjectiveAlerts(watchPlatform(platform))).toEqual([]);
});
