import { expect, test } from 'vitest';
import { Semaphore } from './semaphore.ts';

test('runs at most as many at a time as it has slots, and goes on after a failure', async () => {
  const semaphore = new Semaphore(2);
  let running = 0;
  let most = 0;
  const work = async (fail: boolean): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running -= 1;
    if (fail) throw new Error('failed');
  };
  const results = await Promise.allSettled(
    [true, false, true, false, false].map((fail) => semaphore.run(() => work(fail))),
  );
  expect(most).toBe(2);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
});
