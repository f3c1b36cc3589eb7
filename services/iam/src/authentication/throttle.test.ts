import { describe, expect, it } from 'vitest';
import { afterFailure, waitingSeconds, type Failures } from './throttle.ts';

const start = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

function fail(times: number, stepSeconds: number): Failures {
  let state: Failures | undefined;
  for (let index = 0; index < times; index++) state = afterFailure(state, later(index * stepSeconds));
  return state!;
}

describe('throttle', () => {
  it('lets four slow failures pass without a wait', () => {
    expect(waitingSeconds(fail(4, 10), later(31))).toBe(0);
  });

  it('waits 60 s after the fifth failure and 60 s longer after each further one', () => {
    expect(waitingSeconds(fail(5, 10), later(40))).toBe(60);
    expect(waitingSeconds(fail(6, 100), later(500))).toBe(120);
    expect(waitingSeconds(fail(7, 1000), later(6000))).toBe(180);
  });

  it('never waits longer than 900 s', () => {
    expect(waitingSeconds(fail(60, 1000), later(59_000))).toBe(900);
  });

  it('waits 60 s at once after two failures within a second', () => {
    expect(waitingSeconds(fail(2, 0.5), later(0.5))).toBe(60);
  });

  it('forgets failures after twelve hours', () => {
    expect(afterFailure(fail(9, 2000), later(16_000 + 43_201))).toMatchObject({ failures: 1, waitUntil: null });
  });

  it('lets the next attempt pass when the wait is over', () => {
    expect(waitingSeconds(fail(5, 10), later(101))).toBe(0);
  });
});
