import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const params = { disputeId: exampleIds.dispute };

export const openDisputeExamples: Examples = {
  overcharged: {
    summary: 'A line of an invoice is disputed',
    body: {
      accountId: exampleIds.account,
      reason: 'overcharged',
      description: 'Half of the answers failed.',
      invoices: [{ invoiceId: exampleIds.invoice, positions: [2] }],
    },
  },
};

export const listDisputesExamples: Examples = {
  open: { summary: 'What nobody has looked at yet', query: { status: 'open' } },
};

export const updateDisputeExamples: Examples = {
  assign: { summary: 'Assign it to somebody', params, body: { assigneeId: exampleIds.agent } },
};

export const investigateDisputeExamples: Examples = {
  begin: { summary: 'Begin to look at it', params },
};

export const addDisputeNoteExamples: Examples = {
  log: {
    summary: 'Write down what was found',
    params,
    body: { text: 'The log shows 500 failed answers on the 20th.' },
  },
};

export const getDisputeSnapshotExamples: Examples = {
  usage: { summary: 'The usage as it was known then', params: { ...params, part: 'usageEvents' } },
};

export const actOnDisputeExamples: Examples = {
  refund: {
    summary: 'Give a part of a payment back',
    params,
    body: { action: 'refund', paymentId: exampleIds.payment, amountMinor: '400', reason: 'failed answers' },
  },
  largerRefund: {
    summary: 'Above the limit of the caller it waits for approval: 403 approval.required',
    params,
    body: { action: 'refund', paymentId: exampleIds.payment, amountMinor: '600', reason: 'the other failed answers' },
  },
  credit: {
    summary: 'Give credit, which pays the next invoices',
    params,
    body: { action: 'credit', amountMinor: '1500', reason: 'for the trouble' },
  },
};

export const closeDisputeExamples: Examples = {
  resolved: { summary: 'End it', params, body: { status: 'resolved', outcome: 'Refunded in full.' } },
};
