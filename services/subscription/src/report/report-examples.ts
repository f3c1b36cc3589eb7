import type { OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const quarter = { from: '2025-01', to: '2025-03', currency: 'EUR' };

export const getRevenueRecognitionExamples: Examples = {
  quarter: { summary: 'Of a quarter', query: quarter },
};

export const getMrrExamples: Examples = { quarter: { summary: 'Of a quarter', query: quarter } };

export const getChurnExamples: Examples = { quarter: { summary: 'Of a quarter', query: quarter } };

export const getCohortsExamples: Examples = { quarter: { summary: 'Of a quarter', query: quarter } };

export const getReceivablesExamples: Examples = {
  largest: { summary: 'The accounts that owe most', query: { currency: 'EUR', limit: '10' } },
};

export const getUsageRevenueExamples: Examples = { quarter: { summary: 'Of a quarter', query: quarter } };

export const getServiceRevenueExamples: Examples = { quarter: { summary: 'Of a quarter', query: quarter } };
