import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const sales = {
  id: exampleIds.division,
  organizationId: exampleIds.organization,
  parentId: null,
  name: 'Sales',
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};
const north = { ...sales, id: exampleIds.secondDivision, name: 'North' };

export const createDivisionExamples: Examples = {
  top: { summary: 'Directly below the organization', body: { name: 'Sales' }, response: sales },
  below: {
    summary: 'Below another division',
    body: { name: 'North', parentId: exampleIds.division },
    response: { ...north, parentId: exampleIds.division },
  },
};

export const listDivisionsExamples: Examples = {
  top: { summary: 'Those directly below the organization', query: { parentId: 'root' } },
};

export const updateDivisionExamples: Examples = {
  rename: {
    summary: 'Rename a division',
    params: { divisionId: exampleIds.division },
    body: { name: 'Sales and marketing' },
    response: { ...sales, name: 'Sales and marketing', version: 2 },
  },
};

export const moveDivisionExamples: Examples = {
  up: {
    summary: 'Move a division up to the organization',
    params: { divisionId: exampleIds.secondDivision },
    body: { parentId: null },
    response: { ...north, version: 2 },
  },
};
