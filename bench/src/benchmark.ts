import type { TemporaryFolders } from './platform/temporary-folders.ts';

export type Unit = 's' | 'ms' | 'MB' | '/s' | '%' | '×' | 'µs' | 'bytes' | 'events';

/** What a figure may be at most or must be at least. */
export interface Budget {
  readonly bound: 'at most' | 'at least';
  readonly value: number;
}

/** One line of a benchmark's table. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly budget?: Budget | undefined;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  /** What a reader must know about this very run. */
  readonly notes: readonly string[];
}

export interface BenchmarkContext {
  /** Fewer rounds and less data: finds out whether everything works, not how fast it is. */
  readonly quick: boolean;
  /** The folder of the work tree. */
  readonly root: string;
  readonly folders: TemporaryFolders;
  /** Variables that child processes get. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** What is done and how the figures are to be read; goes into the results. */
  readonly description: string;
  readonly run: (context: BenchmarkContext) => Promise<Outcome>;
}

export function atMost(value: number): Budget {
  return { bound: 'at most', value };
}

export function atLeast(value: number): Budget {
  return { bound: 'at least', value };
}

export function isMissed({ value, budget }: Figure): boolean {
  if (budget === undefined) return false;
  // A figure that is no number was not measured, and what was not measured was not met.
  return budget.bound === 'at most' ? !(value <= budget.value) : !(value >= budget.value);
}
