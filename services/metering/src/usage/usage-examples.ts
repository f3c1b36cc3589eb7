import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const january = { from: '2025-01-01T00:00:00.000Z', to: '2025-02-01T00:00:00.000Z' };

function completion(id: string, time: string, data: Readonly<Record<string, unknown>>) {
  return { specversion: '1.0', source: 'assistant', id, type: 'completion', subject: 'globex', time, data };
}

const batch = [
  completion('answer-1', '2025-01-10T10:00:00Z', { tokens: 800000, model: 'large', user: 'ada', outcome: 'ok' }),
  completion('answer-2', '2025-01-20T10:00:00Z', { tokens: 450000, model: 'small', user: 'eve', outcome: 'ok' }),
];

const misspelled = {
  ...completion('answer-5', '2025-02-03T10:00:00Z', { tokens: 70, model: 'small', user: 'eve' }),
  subject: 'glob',
};

export const ingestUsageExamples: Examples = {
  batch: {
    summary: 'A batch of events',
    contentType: 'application/cloudevents-batch+json',
    body: batch,
    response: { accepted: 2, duplicates: 0, unmatched: 0, rejected: [] },
  },
  repeated: {
    summary: 'The same batch again: an event counts once',
    contentType: 'application/cloudevents-batch+json',
    body: batch,
    response: { accepted: 0, duplicates: 2, unmatched: 0, rejected: [] },
  },
  single: {
    summary: 'One event',
    contentType: 'application/cloudevents+json',
    body: completion('answer-3', '2025-01-21T10:00:00Z', { tokens: 100, model: 'small', user: 'eve', outcome: 'ok' }),
    response: { accepted: 1, duplicates: 0, unmatched: 0, rejected: [] },
  },
  rejected: {
    summary: 'A batch with an event that cannot be taken: the others are',
    contentType: 'application/cloudevents-batch+json',
    body: [{ ...batch[0], id: 'answer-4', specversion: '0.3' }, batch[1]],
    response: {
      accepted: 0,
      duplicates: 1,
      unmatched: 0,
      rejected: [{ index: 0, id: 'answer-4', reason: 'specversion must be "1.0"' }],
    },
  },
  unmatched: {
    summary: 'An event of an account that is not known yet: kept, and counted once it is',
    contentType: 'application/cloudevents+json',
    body: misspelled,
    response: { accepted: 1, duplicates: 0, unmatched: 1, rejected: [] },
  },
};

export const listRejectedUsageExamples: Examples = {
  newest: { summary: 'What was refused last', query: { limit: '1' } },
};

export const resendRejectedUsageExamples: Examples = {
  corrected: {
    summary: 'Send a refused event again as it should have been',
    params: { rejectedId: exampleIds.rejectedEvent },
    body: { event: { ...batch[0], id: 'answer-4', time: '2025-02-02T10:00:00Z' } },
    response: { accepted: 1, duplicates: 0, unmatched: 0 },
  },
};

export const correctUnmatchedUsageExamples: Examples = {
  subject: {
    summary: 'Give an event that no account was known for the account that it is of',
    body: { event: { ...misspelled, subject: 'globex' } },
    response: { counted: 1, unmatched: 0 },
  },
};

export const getUsageExamples: Examples = {
  month: {
    summary: 'What an account used in a month',
    query: { accountId: exampleIds.account, ...january, meter: 'tokens' },
    response: {
      accountId: exampleIds.account,
      ...january,
      data: [{ meter: 'tokens', aggregation: 'sum', unit: 'token', quantity: '1250000' }],
    },
  },
  byModel: {
    summary: 'By the values of a dimension',
    query: { accountId: exampleIds.account, ...january, meter: 'tokens', groupBy: 'model' },
    response: {
      accountId: exampleIds.account,
      ...january,
      data: [
        {
          meter: 'tokens',
          aggregation: 'sum',
          unit: 'token',
          quantity: '800000',
          ...january,
          values: { model: 'large' },
        },
        {
          meter: 'tokens',
          aggregation: 'sum',
          unit: 'token',
          quantity: '450000',
          ...january,
          values: { model: 'small' },
        },
      ],
    },
  },
};

const evidence = {
  source: 'assistant',
  id: 'answer-3',
  accountId: exampleIds.account,
  reason: 'was an answer to our own test',
};

export const replaceUsageEventExamples: Examples = {
  tokens: {
    summary: 'Give an event another quantity',
    body: {
      ...evidence,
      reason: 'was counted twice',
      data: { tokens: 50, model: 'small', user: 'eve', outcome: 'ok' },
    },
  },
};

export const retractUsageEventExamples: Examples = {
  retract: { summary: 'Count an event no more', body: evidence },
};

export const listUsageEventsExamples: Examples = {
  oldest: {
    summary: 'The events behind a line of an invoice',
    query: { accountId: exampleIds.account, ...january, meter: 'tokens', order: 'oldest' },
  },
};

export const getCurrentUsageExamples: Examples = {
  sinceMarch: {
    summary: 'What an account has used since a billing period began',
    query: { accountId: exampleIds.account, from: '2025-03-01T00:00:00.000Z', meter: 'tokens' },
  },
};
