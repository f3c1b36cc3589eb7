import type { PlanFamily } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { changePlacement } from './change-placement.ts';
import { checkPlaces, resolvePlacement, type KnownPlan } from './check-places.ts';

const known = new Map<string, KnownPlan>([
  ['basic', { kind: 'plan', family: 'api' }],
  ['pro', { kind: 'plan', family: 'api' }],
  ['alone', { kind: 'plan', family: null }],
  ['support', { kind: 'add_on', family: null }],
]);
const family: PlanFamily = { key: 'api', rank: 1, upgrade: 'now', downgrade: 'period_end', changesTo: null };
const plan = { key: 'basic', kind: 'plan', addOnTo: null, family } as const;
const pathsOf = (changes: Partial<Parameters<typeof checkPlaces>[0]>) =>
  checkPlaces({ ...plan, ...changes }, known).map((fault) => fault.path);

test('a plan changes to other plans of its family', () => {
  expect(pathsOf({})).toEqual([]);
  expect(pathsOf({ family: { ...family, changesTo: ['pro'] } })).toEqual([]);
  expect(pathsOf({ family: { ...family, changesTo: ['alone', 'basic', 'pro', 'pro', 'nothing'] } })).toEqual([
    '/family/changesTo/3',
    '/family/changesTo/0',
    '/family/changesTo/1',
    '/family/changesTo/4',
  ]);
});

test('an add-on is sold with plans, and is in no family', () => {
  expect(pathsOf({ kind: 'add_on', family: null })).toEqual([]);
  expect(pathsOf({ kind: 'add_on', family: null, addOnTo: ['basic', 'alone'] })).toEqual([]);
  expect(pathsOf({ kind: 'add_on', addOnTo: ['support', 'nothing'] })).toEqual(['/addOnTo/0', '/addOnTo/1', '/family']);
  expect(pathsOf({ addOnTo: ['pro'] })).toEqual(['/addOnTo']);
});

test('a family that does not exist is named', () => {
  expect(resolvePlacement({ key: 'api', rank: 1 }, new Map([['api', family]]))).toEqual({ family, faults: [] });
  expect(resolvePlacement({ key: 'api', rank: 1 }, new Map()).faults.map((fault) => fault.path)).toEqual([
    '/family/key',
  ]);
});

test('a change keeps what it does not name, and begins anew in another family', () => {
  const before = { ...family, changesTo: ['pro'] };
  expect(changePlacement(before, { rank: 2 }).placement).toEqual({ key: 'api', rank: 2, changesTo: ['pro'] });
  expect(changePlacement(before, { changesTo: null }).placement).toEqual({ key: 'api', rank: 1, changesTo: null });
  expect(changePlacement(before, { key: 'web', rank: 3 }).placement).toEqual({ key: 'web', rank: 3, changesTo: null });
  expect(changePlacement(before, null)).toEqual({ placement: null, faults: [] });
  expect(changePlacement(before, { key: 'web' }).faults.map((fault) => fault.path)).toEqual(['/family/rank']);
  expect(changePlacement(null, { rank: 1 }).faults.map((fault) => fault.path)).toEqual(['/family/key']);
});
