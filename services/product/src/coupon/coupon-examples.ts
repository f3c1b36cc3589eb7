import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const coupon = {
  id: exampleIds.coupon,
  code: 'WELCOME10',
  name: 'Welcome',
  discount: { kind: 'percent', percent: '10' },
  periods: 3,
  plans: null,
  prices: null,
  redeemableUntil: null,
  maximumRedemptions: null,
  oncePerAccount: true,
  archived: false,
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createCouponExamples: Examples = {
  percent: {
    summary: 'Ten percent off three invoices',
    body: { code: 'WELCOME10', name: 'Welcome', discount: { kind: 'percent', percent: '10' }, periods: 3 },
    response: coupon,
  },
  amount: {
    summary: 'Fifty euros off a plan, for the first hundred accounts',
    body: {
      code: 'LAUNCH',
      name: 'Launch',
      discount: { kind: 'amount', amount: '50', currency: 'EUR' },
      plans: ['team'],
      maximumRedemptions: 100,
    },
  },
};

export const updateCouponExamples: Examples = {
  rename: {
    summary: 'Rename a coupon',
    params: { couponId: exampleIds.coupon },
    body: { name: 'Welcome to the assistant' },
    response: { ...coupon, name: 'Welcome to the assistant', version: 2 },
  },
};
