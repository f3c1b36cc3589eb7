import type { OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const openMeterIngestEventsExamples: Examples = {
  batch: {
    summary: 'A batch of events',
    contentType: 'application/cloudevents-batch+json',
    body: [
      {
        specversion: '1.0',
        source: 'assistant',
        id: 'answer-6',
        type: 'completion',
        subject: 'globex',
        time: '2025-02-04T10:00:00Z',
        data: { tokens: 120, model: 'small', user: 'eve', outcome: 'ok' },
      },
    ],
  },
};

export const openMeterQueryMeterExamples: Examples = {
  byModel: {
    summary: 'By the values of a dimension',
    params: { meterIdOrSlug: 'tokens' },
    query: { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z', groupBy: 'model' },
  },
};
