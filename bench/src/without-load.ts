import { availableParallelism } from 'node:os';
import type { PostAnswer } from './processes/http-load.ts';

/** What the figures of `withoutLoad` are, for a benchmark's description. */
export const withoutLoadMeaning =
  "The load generator shares the cores with server and PostgreSQL; its own CPU time is counted out of the main figure: all cores' time without it, divided by their number, is what the events are divided by.";

/**
 * Seconds that all cores would have needed for what they did beside the load generator, which takes its CPU time from
 * the same cores. Exact where all cores were busy all the time, and too long, never too short, where they were not.
 */
export function withoutLoad({ seconds, cpuSeconds }: Pick<PostAnswer, 'seconds' | 'cpuSeconds'>): number {
  return seconds - cpuSeconds / availableParallelism();
}
