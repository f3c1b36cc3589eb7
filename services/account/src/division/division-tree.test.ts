import { describe, expect, test } from 'vitest';
import { wouldCycle, type TreeEdge } from './division-tree.ts';

// a ← b ← c, and d beside a
const tree: TreeEdge[] = [
  { id: 'a', parentId: null },
  { id: 'b', parentId: 'a' },
  { id: 'c', parentId: 'b' },
  { id: 'd', parentId: null },
];

describe('wouldCycle', () => {
  test.each([
    ['below itself', 'a', 'a', true],
    ['below its child', 'a', 'b', true],
    ['below its grandchild', 'a', 'c', true],
    ['below the organization', 'c', null, false],
    ['below where it is', 'c', 'b', false],
    ['below its grandparent', 'c', 'a', false],
    ['into another branch', 'a', 'd', false],
    ['into the branch of an ancestor', 'd', 'c', false],
  ])('%s', (_case, division, parent, expected) => {
    expect(wouldCycle(tree, division, parent)).toBe(expected);
  });

  test('ends on a path that is broken already', () => {
    expect(
      wouldCycle(
        [
          { id: 'x', parentId: 'y' },
          { id: 'y', parentId: 'x' },
        ],
        'a',
        'x',
      ),
    ).toBe(true);
  });

  test('goes up a path of any length', () => {
    const path = Array.from({ length: 100_000 }, (_, index) => ({
      id: String(index),
      parentId: index === 0 ? null : String(index - 1),
    }));
    expect(wouldCycle(path, '0', '99999')).toBe(true);
    expect(wouldCycle(path, 'new', '99999')).toBe(false);
  });
});
