import { describe, expect, it } from 'vitest';
import {
  addUp,
  findDifference,
  nextDayOf,
  renderQuery,
  roundMeasured,
  toEvent,
  type BackfillSource,
} from './backfill.ts';

const source: BackfillSource = {
  id: 'source-1',
  tenantId: 'tenant-1',
  name: 'api',
  meter: 'calls',
  selector: 'http_requests_total{job="api"}',
  accountLabel: 'accountId',
  digits: 0,
  properties: { region: 'eu' },
  nextDay: '2026-03-01',
  lastError: null,
  createdAt: new Date(0),
};

describe('back-filled usage', () => {
  it('asks for the increase of a day by account', () => {
    expect(renderQuery(source)).toBe('sum by (accountId) (increase(http_requests_total{job="api"}[24h]))');
  });

  it('rounds what Prometheus estimates half away from zero, and takes nothing that is no quantity', () => {
    expect(['287.99999999999994', '0.5', '1.49', '1.5e+03'].map((value) => roundMeasured(value, 0))).toEqual([
      '288',
      '1',
      '1',
      '1500',
    ]);
    expect(roundMeasured('0.125', 2)).toBe('0.13');
    for (const value of ['NaN', '+Inf', '-Inf', '-3', '1e18', 'ten', ''])
      expect(roundMeasured(value, 0), value).toBeUndefined();
  });

  it('fills what is missing and takes nothing back', () => {
    expect(findDifference('100', '99.999999999999')).toBe('0.000000000001');
    expect(findDifference('100', '100')).toBeUndefined();
    expect(findDifference('100', '101')).toBeUndefined();
    expect(addUp(['0.1', '0.2', '1000000000000000000'])).toBe('1000000000000000000.3');
  });

  it('gives an account and day one event with one identity, inside the day', () => {
    const meter = { eventType: 'call', valueProperty: 'count' };
    expect(toEvent(source, '2024-02-29', { account: 'acme', quantity: '5' }, meter)).toEqual({
      specversion: '1.0',
      id: 'source-1/2024-02-29/acme',
      source: 'urn:plinth:backfill',
      type: 'call',
      subject: 'acme',
      time: '2024-02-29T23:59:59.999Z',
      data: { region: 'eu', backfill: 'api', count: '5' },
    });
    expect(nextDayOf('2024-02-29')).toBe('2024-03-01');
  });
});
