import type { Logger } from '@plinth/common';
import { expect, test } from 'vitest';
import type { Subscription } from '../subscription/subscription.ts';
import { UsageUnreadableError } from './invoice-run.errors.ts';
import { Failures } from './run-total.ts';

test('what cannot be billed is counted and logged with its id, and everything else goes on', () => {
  const logged: object[] = [];
  const log = { error: (facts: object) => logged.push(facts) } as unknown as Logger;
  const failures = new Failures(log);
  const problem = new UsageUnreadableError('compute', '"region" is no dimension of the meter compute');
  const inputs = ['a', 'b', 'c'].map((id) => ({ subscription: { id } as Subscription }));
  const sound = failures.keepSound(inputs, ({ subscription: { id } }) => {
    if (id !== 'b') return id;
    throw problem;
  });
  expect(sound).toEqual(['a', 'c']);
  expect([failures.count, failures.first]).toEqual([1, problem]);
  expect(logged).toEqual([{ err: problem, subscriptionId: 'b' }]);
});
