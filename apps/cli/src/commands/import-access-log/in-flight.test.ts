import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { InFlight } from './in-flight.ts';

it('runs no more than its limit at a time, and everything', async () => {
  const flight = new InFlight(3);
  let running = 0;
  let most = 0;
  let done = 0;
  for (let index = 0; index < 20; index++) {
    await flight.add(async () => {
      most = Math.max(most, ++running);
      await sleep(1);
      running -= 1;
      done += 1;
    });
  }
  await flight.drain();
  expect([most, done]).toEqual([3, 20]);
});

it('throws the first failure and leaves nothing running', async () => {
  const flight = new InFlight(2);
  let finished = false;
  await flight.add(async () => {
    await sleep(10);
    finished = true;
  });
  await flight.add(() => Promise.reject(new Error('first')));
  await expect(flight.drain()).rejects.toThrow('first');
  expect(finished).toBe(true);
});
