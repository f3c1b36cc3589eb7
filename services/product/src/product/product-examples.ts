import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const product = {
  id: exampleIds.product,
  key: 'assistant',
  name: 'Assistant',
  description: null,
  archived: false,
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createProductExamples: Examples = {
  assistant: { summary: 'A product', body: { key: 'assistant', name: 'Assistant' }, response: product },
};

export const updateProductExamples: Examples = {
  describe: {
    summary: 'Describe a product',
    params: { productId: exampleIds.product },
    body: { description: 'Answers questions' },
    response: { ...product, description: 'Answers questions', version: 2 },
  },
};
