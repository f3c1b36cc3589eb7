import type { PlanPhase } from '@plinth/contracts';
import { describe, expect, test } from 'vitest';
import { buildTerms, buildVersionPrice } from '../../test/builders.ts';
import { checkTerms } from './check-terms.ts';
import type { VersionTerms } from './plan.ts';

const pathsOf = (changes: Partial<VersionTerms>) => checkTerms(buildTerms(changes)).map((fault) => fault.path);
const month = { unit: 'month', count: 1 } as const;
const trial: PlanPhase = { key: 'trial', kind: 'trial', length: { unit: 'day', count: 14 } };
const intro: PlanPhase = { key: 'intro', kind: 'intro', length: month };
const evergreen: PlanPhase = { key: 'evergreen', kind: 'evergreen', length: null };

describe('phases', () => {
  test('a trial and an introduction come before the evergreen phase', () => {
    expect(pathsOf({ phases: [evergreen] })).toEqual([]);
    expect(pathsOf({ phases: [trial, intro, evergreen] })).toEqual([]);
  });

  test.each([
    ['a trial without a length', [{ ...trial, length: null }, evergreen], ['/phases/0/length']],
    ['an evergreen phase with a length', [{ ...evergreen, length: month }], ['/phases/0/length']],
    ['an end without an evergreen phase', [trial], ['/phases/0/kind', '/phases/0/length']],
    [
      'an evergreen phase before another one',
      [evergreen, { ...evergreen, key: 'b' }],
      ['/phases/0/kind', '/phases/0/length'],
    ],
    ['a key twice', [trial, { ...intro, key: 'trial' }, evergreen], ['/phases/1/key']],
  ])('refuses %s', (_title, phases, paths) => {
    expect(pathsOf({ phases })).toEqual(paths);
  });
});

describe('currencies', () => {
  test('the main currency is not among the others, and none is there twice', () => {
    expect(pathsOf({ currencies: ['USD', 'EUR', 'USD'], prices: [] })).toEqual(['/currencies/2', '/currencies/1']);
  });
});

describe('least and most that a period costs', () => {
  const inDollars = buildVersionPrice(
    'fee',
    { model: 'flat', amount: '1', timing: 'advance' },
    { models: { USD: { model: 'flat', amount: '1', timing: 'advance' } } },
  );
  const dollars = { currencies: ['USD'], prices: [inDollars] };

  test('may be equal, and either may be absent', () => {
    expect(pathsOf({ minimumSpend: '10.00', maximumSpend: '10' })).toEqual([]);
    expect(pathsOf({ maximumSpend: '0' })).toEqual([]);
  });

  test.each([
    ['a maximum below the minimum', { minimumSpend: '10', maximumSpend: '9.99' }, ['/maximumSpend']],
    ['a negative amount', { minimumSpend: '-1' }, ['/minimumSpend']],
    ['a further currency without its amount', { ...dollars, minimumSpend: '1' }, ['/minimumSpends']],
    ['an amount without one in the main currency', { ...dollars, minimumSpends: { USD: '1' } }, ['/minimumSpends/USD']],
    [
      'a currency that the plan is not sold in',
      { maximumSpend: '1', maximumSpends: { GBP: '1' } },
      ['/maximumSpends/GBP'],
    ],
    [
      'a maximum below the minimum in a further currency',
      { ...dollars, minimumSpend: '1', maximumSpend: '2', minimumSpends: { USD: '3' }, maximumSpends: { USD: '2' } },
      ['/maximumSpends/USD'],
    ],
  ])('refuses %s', (_title, changes, paths) => {
    expect(pathsOf(changes)).toEqual(paths);
  });
});
