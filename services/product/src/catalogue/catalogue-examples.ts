import type { OperationExample } from '@plinth/common';

/** An import that says what it would do. */
export const importCatalogueExamples: Readonly<Record<string, OperationExample>> = {
  dryRun: {
    summary: 'See what a file would change',
    query: { dryRun: 'true' },
    body: {
      format: 'plinth.catalogue/1',
      products: [{ key: 'archive', name: 'Archive' }],
      plans: [
        {
          key: 'archive',
          name: 'Archive',
          product: 'archive',
          currency: 'EUR',
          period: { unit: 'year', count: 1 },
          prices: [
            { key: 'fee', description: 'Yearly fee', model: { model: 'flat', amount: '120', timing: 'advance' } },
          ],
        },
      ],
    },
    response: {
      dryRun: true,
      results: [
        { resource: 'product', key: 'archive', action: 'created', planVersion: null, changes: [] },
        { resource: 'plan', key: 'archive', action: 'created', planVersion: 1, changes: [] },
      ],
    },
  },
};
