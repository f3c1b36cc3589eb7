import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const setApprovalRuleExamples: Examples = {
  support: {
    summary: 'Who has the permission limit:support refunds 5 euros at once and 10 in a day',
    body: { action: 'refund', holder: 'limit:support', currency: 'EUR', amountMinor: '500', dayMinor: '1000' },
    response: {
      id: exampleIds.approvalRule,
      action: 'refund',
      holder: 'limit:support',
      currency: 'EUR',
      amountMinor: '500',
      dayMinor: '1000',
      version: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
};

export const listApprovalsExamples: Examples = {
  pending: {
    summary: 'What waits for somebody, of a dispute',
    query: { status: 'pending', disputeId: exampleIds.dispute },
  },
};

export const approveRequestExamples: Examples = {
  agreed: {
    summary: 'Approve, which does it at once',
    params: { approvalId: exampleIds.approval },
    body: { note: 'Agreed with the customer.' },
  },
};

export const rejectRequestExamples: Examples = {
  enough: {
    summary: 'Reject',
    params: { approvalId: exampleIds.secondApproval },
    body: { note: 'The refund is enough.' },
  },
};
