import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const createMeterExamples: Examples = {
  sum: {
    summary: "Add up a property of the events' data, groupable by another one",
    body: {
      key: 'tokens',
      name: 'Tokens',
      eventType: 'completion',
      aggregation: 'sum',
      valueProperty: 'tokens',
      dimensions: ['model'],
    },
    response: {
      id: exampleIds.meter,
      key: 'tokens',
      name: 'Tokens',
      eventType: 'completion',
      aggregation: 'sum',
      valueProperty: 'tokens',
      percentile: null,
      filters: [],
      dimensions: ['model'],
      unit: null,
      archived: false,
      version: 1,
      revision: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
  amounts: {
    summary: 'Add up amounts of money, for prices by percentage',
    body: {
      key: 'payments',
      name: 'Payments',
      eventType: 'payment',
      aggregation: 'sum',
      valueProperty: 'amount',
      unit: 'EUR',
    },
  },
  count: {
    summary: 'Count the events that a condition holds for',
    body: {
      key: 'errors',
      name: 'Failed answers',
      eventType: 'completion',
      aggregation: 'count',
      filters: [{ property: 'outcome', operator: 'not_equals', values: ['ok'] }],
    },
  },
  uniqueCount: {
    summary: 'Count different values, such as active users',
    body: {
      key: 'users',
      name: 'Active users',
      eventType: 'completion',
      aggregation: 'unique_count',
      valueProperty: 'user',
    },
  },
  percentile: {
    summary: 'The 95th percentile, such as of bandwidth',
    body: {
      key: 'bandwidth',
      name: 'Bandwidth',
      eventType: 'bandwidth.sampled',
      aggregation: 'percentile',
      valueProperty: 'mbit',
      percentile: '95',
      unit: 'Mbit/s',
    },
  },
};

export const updateMeterExamples: Examples = {
  unit: {
    summary: 'Name the unit of a meter',
    params: { meterId: exampleIds.meter },
    body: { unit: 'token' },
  },
};
