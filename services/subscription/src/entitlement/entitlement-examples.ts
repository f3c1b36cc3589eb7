import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const getEntitlementsExamples: Examples = {
  globex: { summary: 'What an account may do', query: { accountId: exampleIds.account } },
};
