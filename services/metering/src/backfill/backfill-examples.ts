import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const params = { tenantId: exampleIds.tenant };

export const createBackfillSourceExamples: Examples = {
  tokens: {
    summary: 'Fill up what the meter has not, from a counter that says whose it is in the label account',
    params,
    body: {
      name: 'Tokens of the gateway',
      meter: 'tokens',
      selector: 'assistant_tokens_total{job="gateway"}',
      accountLabel: 'account',
      properties: { model: 'small', user: 'gateway', outcome: 'ok' },
      startsOn: '2025-02-01',
    },
    response: {
      id: exampleIds.backfillSource,
      name: 'Tokens of the gateway',
      meter: 'tokens',
      selector: 'assistant_tokens_total{job="gateway"}',
      accountLabel: 'account',
      digits: 0,
      properties: { model: 'small', user: 'gateway', outcome: 'ok' },
      nextDay: '2025-02-01',
      lastError: null,
      createdAt: '2025-02-01T09:00:00.000Z',
    },
  },
};

export const fillBackfillDayExamples: Examples = {
  day: {
    summary: 'Fill a day that was measured but not metered',
    params: { ...params, sourceId: exampleIds.backfillSource },
    body: { day: '2025-01-31' },
    response: {
      day: '2025-01-31',
      accounts: 1,
      measured: '100',
      missingAccounts: 1,
      missing: '100',
      filledAt: '2025-02-01T09:00:00.000Z',
    },
  },
};
