import type { OperationExample } from '@plinth/common';

export const updateOwnProfileExamples: Readonly<Record<string, OperationExample>> = {
  german: {
    summary: 'Be written to in German, with the times of Berlin',
    body: { displayName: 'Ada Lovelace', locale: 'de-DE', timeZone: 'Europe/Berlin' },
  },
};
