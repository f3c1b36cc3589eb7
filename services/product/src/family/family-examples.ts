import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const family = {
  id: exampleIds.planFamily,
  key: 'assistants',
  name: 'Assistants',
  upgrade: 'now',
  downgrade: 'period_end',
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createPlanFamilyExamples: Examples = {
  assistants: { summary: 'A family', body: { key: 'assistants', name: 'Assistants' }, response: family },
};

export const updatePlanFamilyExamples: Examples = {
  downgradeNow: {
    summary: 'Let downgrades take effect at once',
    params: { familyId: exampleIds.planFamily },
    body: { downgrade: 'now' },
    response: { ...family, downgrade: 'now', version: 2 },
  },
};
