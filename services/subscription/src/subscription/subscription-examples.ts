import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const params = { subscriptionId: exampleIds.subscription };
const addOnParams = { ...params, addOnId: exampleIds.subscribedAddOn };

const subscribed = {
  accountId: exampleIds.account,
  planId: exampleIds.plan,
  planVersion: 1,
  startsOn: '2025-01-01',
};

export const createSubscriptionExamples: Examples = {
  backDated: {
    summary: 'Subscribe from the start of the year, in the first version of the plan',
    body: subscribed,
    response: {
      id: exampleIds.subscription,
      accountId: exampleIds.account,
      planId: exampleIds.plan,
      planVersion: 1,
      quantity: 1,
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      period: { unit: 'month', count: 1 },
      prorationBasis: 'day',
      status: 'active',
      state: 'active',
      startsOn: '2025-01-01',
      anchor: '2025-01-01',
      trialSkipped: false,
      commitment: null,
      term: null,
      endsOn: null,
      endsAt: null,
      nextBillingAt: '2024-12-31T23:00:00.000Z',
      phases: [
        {
          id: exampleIds.phase,
          planId: exampleIds.plan,
          planVersion: 1,
          quantity: 1,
          phase: 'evergreen',
          kind: 'evergreen',
          paused: false,
          from: '2025-01-01',
          to: null,
          startsAt: '2024-12-31T23:00:00.000Z',
          endsAt: null,
        },
      ],
      addOns: [],
      version: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
};

export const createSubscriptionsExamples: Examples = {
  import: {
    summary: 'Many at once, such as from another system, with the anchors that they had there',
    body: {
      items: [
        { accountId: exampleIds.account, planId: exampleIds.plan, startsOn: '2025-01-01' },
        {
          accountId: exampleIds.secondAccount,
          planId: exampleIds.plan,
          startsOn: '2025-02-01',
          billingAnchor: '2023-05-31',
        },
      ],
      unlessSubscribed: true,
    },
    response: {
      items: [
        { status: 'existing', subscriptionId: exampleIds.subscription },
        { status: 'created', subscriptionId: exampleIds.importedSubscription },
      ],
    },
  },
};

export const previewSubscriptionExamples: Examples = {
  backDated: { summary: 'See what a subscription would cost', body: subscribed },
};

export const previewSubscriptionChangeExamples: Examples = {
  newVersion: {
    summary: 'See what another version of the plan would change from a day on',
    params,
    body: { action: 'change', planVersion: 2, on: '2025-02-10' },
  },
};

export const changeSubscriptionExamples: Examples = {
  newVersion: {
    summary: 'Change to another version of the plan from a day on',
    params,
    body: { planVersion: 2, on: '2025-02-10' },
  },
};

export const pauseSubscriptionExamples: Examples = {
  pause: { summary: 'Pause from a day on', params, body: { on: '2025-02-15' } },
};

export const resumeSubscriptionExamples: Examples = {
  resume: { summary: 'End a pause on a day', params, body: { on: '2025-02-20' } },
};

export const addAddOnExamples: Examples = {
  support: {
    summary: 'Add two hours of support from a day on',
    params,
    body: { planId: exampleIds.addOn, quantity: 2, on: '2025-02-10' },
  },
};

export const changeAddOnExamples: Examples = {
  quantity: { summary: 'Make it three', params: addOnParams, body: { quantity: 3, on: '2025-02-12' } },
};

export const removeAddOnExamples: Examples = {
  remove: { summary: 'End an add-on on a day', params: addOnParams, body: { on: '2025-02-20' } },
};

export const changeCommitmentExamples: Examples = {
  year: {
    summary: 'A thousand euros a year',
    params,
    body: { commitment: { amount: '1000', term: { unit: 'month', count: 12 } } },
  },
};

export const changeTermExamples: Examples = {
  year: {
    summary: 'Bind it for a year at a time',
    params,
    body: { term: { length: { unit: 'month', count: 12 }, noticeDays: 60 } },
  },
};

export const changeRenewalExamples: Examples = {
  last: { summary: 'Let it end with the running term', params, body: { renews: false } },
};

export const cancelSubscriptionExamples: Examples = {
  onDate: { summary: 'Cancel for a day, which is consumed', params, body: { on: '2025-03-15' } },
};

export const previewVersionMigrationExamples: Examples = {
  newest: { summary: 'Count what a move to the newest version would touch', body: { planId: exampleIds.plan } },
};

export const migrateVersionsExamples: Examples = {
  newest: { summary: 'Move all to the newest version when their periods end', body: { planId: exampleIds.plan } },
};

export const redeemCouponExamples: Examples = {
  welcome: { summary: 'Redeem a code', params, body: { code: 'WELCOME10' } },
};

export const redeemAccountCouponExamples: Examples = {
  launch: { summary: 'Redeem a code', params: { accountId: exampleIds.account }, body: { code: 'LAUNCH' } },
};
