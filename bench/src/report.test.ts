import { expect, test } from 'vitest';
import { atLeast, atMost } from './benchmark.ts';
import { renderReport } from './report.ts';

const machine = {
  cores: 2,
  processor: 'Some CPU',
  memoryGb: 8,
  system: 'linux x64',
  node: '24.0.0',
  postgres: '18.4',
  syncMs: 1.234,
};
const benchmark = { name: 'read', title: 'Reading', description: 'Reads.' };

test('says by how much a budget is missed', () => {
  const figures = [
    { what: 'Median', value: 3.3, unit: 's', budget: atMost(3) },
    { what: 'Rate', value: 45_678.9, unit: '/s', budget: atLeast(40_000) },
    { what: 'Share', value: NaN, unit: '%', budget: atLeast(70) },
    { what: 'Time', value: 0.01234, unit: 'ms' },
  ] as const;
  const entries = [
    { benchmark, outcome: { figures, notes: ['Only once.', 'Unpinned.'] }, seconds: 185.4 },
    { benchmark: { ...benchmark, title: 'Writing' }, outcome: undefined, failure: 'no disk', seconds: 42 },
  ];
  expect(renderReport({ date: new Date('2026-01-02T03:04:05Z'), quick: false, machine, entries }))
    .toBe(`# Benchmark results

2026-01-02, 2 cores (Some CPU), 8 GB of memory, linux x64, Node.js 24.0.0, PostgreSQL 18.4; a synced write of 8 kB takes 1.23 ms. Made by \`npm run bench\` in 3 min 47 s; the files in \`bench/src/benchmarks\` do what is described here.

- **Failed:** Writing: no disk
- **Missed:** Median: 3.3 s, 10 % above the budget of 3 s
- **Missed:** Share: not measured

## Reading

\`npm run bench -- --only read\`, 3 min 5 s. Reads.

| figure | measured | budget | |
| --- | ---: | ---: | --- |
| Median | 3.3 s | ≤ 3 s | **missed** |
| Rate | 45,679/s | ≥ 40,000/s | met |
| Share | not measured | ≥ 70 % | **missed** |
| Time | 0.0123 ms |  |  |

- Only once.
- Unpinned.

## Writing

\`npm run bench -- --only read\`, 42 s. Reads.

Failed: no disk
`);
});
