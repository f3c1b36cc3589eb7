import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const getCreditNoteUblExamples: Examples = {
  en16931: {
    summary: 'As an e-invoice',
    params: { creditNoteId: exampleIds.creditNote },
    query: { profile: 'en16931' },
  },
};

const query = { accountId: exampleIds.account, from: '2025-02-01', to: '2025-02-28' };

export const getStatementExamples: Examples = {
  february: { summary: 'What moved on an account in a month', query },
};

export const getStatementPdfExamples: Examples = { february: { summary: 'The same as a PDF', query } };
