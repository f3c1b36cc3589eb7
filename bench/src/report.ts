import { isMissed, type Benchmark, type Figure, type Outcome, type Unit } from './benchmark.ts';
import type { Machine } from './machine.ts';
import { sum } from './statistics.ts';

export interface Entry {
  readonly benchmark: Pick<Benchmark, 'name' | 'title' | 'description'>;
  /** Undefined when it failed. */
  readonly outcome: Outcome | undefined;
  readonly failure?: string | undefined;
  /** How long it took. */
  readonly seconds: number;
}

export interface Run {
  readonly date: Date;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly entries: readonly Entry[];
}

/** The results as a page of Markdown. */
export function renderReport({ date, quick, machine, entries }: Run): string {
  const missed = entries.flatMap(({ outcome }) => (outcome?.figures ?? []).filter(isMissed));
  const failed = entries.filter(({ outcome }) => outcome === undefined);
  const sections = [
    '# Benchmark results',
    `${date.toISOString().slice(0, 10)}, ${renderMachine(machine)}. Made by \`npm run bench\` in ${formatDuration(sum(entries.map(({ seconds }) => seconds)))}; the files in \`bench/src/benchmarks\` do what is described here.`,
    ...(quick
      ? [
          '**A quick run: less data and fewer rounds. It shows that the benchmarks work, not how fast the platform is.**',
        ]
      : []),
    renderSummary(missed, failed),
    ...entries.map(renderEntry),
  ];
  return `${sections.join('\n\n')}\n`;
}

function renderMachine({ cores, processor, memoryGb, node, postgres, system, syncMs }: Machine): string {
  const disk = syncMs === undefined ? '' : `; a synced write of 8 kB takes ${formatNumber(syncMs)} ms`;
  return `${cores} cores (${processor}), ${memoryGb} GB of memory, ${system}, Node.js ${node}, PostgreSQL ${postgres}${disk}`;
}

function renderSummary(missed: readonly Figure[], failed: readonly Entry[]): string {
  const lines = [
    ...failed.map(({ benchmark, failure }) => `- **Failed:** ${benchmark.title}: ${failure}`),
    ...missed.map((figure) => `- **Missed:** ${describeMiss(figure)}`),
  ];
  return lines.length === 0 ? 'Every budget is met.' : lines.join('\n');
}

/** How far a figure is from its budget, in words. */
export function describeMiss({ what, value, unit, budget }: Figure): string {
  if (budget === undefined) return what;
  if (!Number.isFinite(value)) return `${what}: not measured`;
  const direction = budget.bound === 'at most' ? 'above' : 'below';
  const share = Math.abs(value / budget.value - 1) * 100;
  return `${what}: ${formatValue(value, unit)}, ${formatNumber(share)} % ${direction} the budget of ${formatValue(budget.value, unit)}`;
}

function renderEntry({ benchmark, outcome, failure, seconds }: Entry): string {
  const head = `## ${benchmark.title}\n\n\`npm run bench -- --only ${benchmark.name}\`, ${formatDuration(seconds)}. ${benchmark.description}`;
  if (outcome === undefined) return `${head}\n\nFailed: ${failure}`;
  const rows = outcome.figures.map(
    (figure) =>
      `| ${figure.what} | ${formatValue(figure.value, figure.unit)} | ${renderBudget(figure)} | ${renderVerdict(figure)} |`,
  );
  const table = ['| figure | measured | budget | |', '| --- | ---: | ---: | --- |', ...rows].join('\n');
  const notes = outcome.notes.map((note) => `- ${note}`).join('\n');
  return [head, ...(rows.length > 0 ? [table] : []), ...(notes === '' ? [] : [notes])].join('\n\n');
}

function renderBudget({ budget, unit }: Figure): string {
  return budget === undefined ? '' : `${budget.bound === 'at most' ? '≤' : '≥'} ${formatValue(budget.value, unit)}`;
}

function renderVerdict(figure: Figure): string {
  if (figure.budget === undefined) return '';
  return isMissed(figure) ? '**missed**' : 'met';
}

export function formatValue(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'not measured';
  return unit === '×'
    ? `${formatNumber(value)}×`
    : unit === '/s'
      ? `${formatNumber(value)}/s`
      : `${formatNumber(value)} ${unit}`;
}

/** `42 s`, `3 min 5 s`. */
function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Three significant digits, whole numbers from 100 on, thousands apart. */
function formatNumber(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 20 });
}
