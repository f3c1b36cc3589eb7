import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../../../docs/failures.md', import.meta.url), 'utf8');
const folder = new URL('./checks/', import.meta.url);

/** Names of rules as the checks write them. */
const rules = new Set(
  readdirSync(folder).flatMap((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    return [...text.matchAll(/\brule: ([^\n]+)/g)].flatMap(([, value = '']) =>
      [...value.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, name]) => name ?? ''),
    );
  }),
);
const rows = page.split('\n').filter((line) => line.startsWith('| '));
const named = (cell: string | undefined) =>
  [...(cell ?? '').matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name]) => name);

it('has each of the 38 failures once, in their order', () => {
  const numbers = rows.flatMap((row) => /^\| (\d+) \|/.exec(row)?.[1] ?? []).map(Number);
  expect(numbers).toEqual(Array.from({ length: 38 }, (_, index) => index + 1));
});

it('points at rules that there are, and leaves none out', () => {
  const failures = rows.filter((row) => /^\| \d+ \|/.test(row)).flatMap((row) => named(row.split('|').at(-2)));
  const others = rows.filter((row) => row.startsWith('| `')).flatMap((row) => named(row.split('|')[1]));
  expect([...new Set([...failures, ...others])].toSorted()).toEqual([...rules].toSorted());
});
