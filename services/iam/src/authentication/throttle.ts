/** What is remembered of failed guesses at one target. */
export interface Failures {
  readonly failures: number;
  readonly lastFailureAt: Date;
  /** No attempt is looked at before this time. */
  readonly waitUntil: Date | null;
}

const failuresBeforeWait = 5;
const waitStepSeconds = 60;
const longestWaitSeconds = 900;
/** Failures older than this no longer count. */
export const forgottenAfterSeconds = 43_200;
const quickMilliseconds = 1000;

/** Seconds that an attempt at `now` has to wait; 0 when it may be made. There is no permanent lock-out. */
export function waitingSeconds(state: Failures | undefined, now: Date): number {
  if (!state?.waitUntil) return 0;
  return Math.max(0, Math.ceil((state.waitUntil.getTime() - now.getTime()) / 1000));
}

/** The state after one more failure: from the fifth on each wait is 60 s longer, and two quick ones wait 60 s at once. */
export function afterFailure(state: Failures | undefined, now: Date): Failures {
  const sinceLast = state ? now.getTime() - state.lastFailureAt.getTime() : Infinity;
  const failures = sinceLast > forgottenAfterSeconds * 1000 ? 1 : state!.failures + 1;
  const grown = Math.min(longestWaitSeconds, waitStepSeconds * Math.max(0, failures - failuresBeforeWait + 1));
  const wait = sinceLast < quickMilliseconds ? Math.max(waitStepSeconds, grown) : grown;
  return { failures, lastFailureAt: now, waitUntil: wait > 0 ? new Date(now.getTime() + wait * 1000) : null };
}
