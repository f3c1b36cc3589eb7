import { describe, expect, it } from 'vitest';
import { matchesFilter } from './filter-match.ts';
import { compileFilter, Parameters, type Relation } from './filter-sql.ts';
import { parseBracketed, parseFilter } from './filter.ts';
import { applyPatch, parsePatch } from './patch.ts';
import { findAttribute, userKind, userSchema } from './schema.ts';

const emails = findAttribute(userSchema.attributes, 'emails')!;
const relation: Relation = { kind: userKind, locate: () => undefined };

describe('parseFilter', () => {
  it('binds "and" tighter than "or", and takes "not" and parentheses as they are written', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((path, index) => ({ op: 'present', path, at: 1 + index * 8 }));
    expect(parseFilter('a pr or b pr and c pr')).toEqual({
      op: 'or',
      terms: [
        a,
        {
          op: 'and',
          terms: [
            { ...b, at: 9 },
            { ...c, at: 18 },
          ],
        },
      ],
    });
    expect(parseFilter('(a pr OR b pr) AND NOT (c pr)')).toMatchObject({
      op: 'and',
      terms: [{ op: 'or' }, { op: 'not', term: { path: 'c' } }],
    });
  });

  it('reads values as JSON has them', () => {
    for (const [text, value] of [
      ['"a \\"b\\" \\u00e9"', 'a "b" é'],
      ['-1.5e3', -1500],
      ['TRUE', true],
      ['null', null],
    ] as const)
      expect(parseFilter(`x eq ${text}`)).toMatchObject({ op: 'eq', value });
  });

  it('names the place of a mistake', () => {
    for (const [text, place] of [
      ['', 1],
      ['a', 2],
      ['a eq', 5],
      ['a eq b', 6],
      ['(a pr', 6],
      ['a pr b pr', 6],
      ['a[b eq "c"', 11],
    ] as const)
      expect(() => parseFilter(text)).toThrow(`at character ${place}`);
  });

  it('reads a filter in brackets and tells where it ends', () => {
    expect(parseBracketed('emails[type eq "]"].value', 6)).toMatchObject({ filter: { op: 'eq', value: ']' }, end: 19 });
  });
});

describe('compileFilter', () => {
  it('puts nothing of the client into the SQL', () => {
    const parameters = new Parameters();
    const sql = compileFilter(parseFilter(`title eq "'; --" and emails[value co "%'"]`), relation, parameters);
    expect(sql).not.toMatch(/--|%|title|emails/);
    expect(parameters.values).toEqual([['title'], `'; --`, ['emails'], 'value', `%'`]);
  });
});

describe('matchesFilter', () => {
  it('compares whatever the letter case, and "ne" also where there is nothing', () => {
    const value = { type: 'Work', value: 'A@b.test', primary: true };
    for (const [filter, matches] of [
      ['type eq "work" and value ew "B.TEST"', true],
      ['display ne "x"', true],
      ['display eq null', true],
      ['primary eq true', true],
      ['not (primary eq true) or value gt "z"', false],
    ] as const)
      expect([filter, matchesFilter(parseFilter(filter), emails, value)]).toEqual([filter, matches]);
  });
});

describe('applyPatch', () => {
  const patch = (before: object, ...operations: object[]) =>
    applyPatch(userKind, { userName: 'u', ...before }, parsePatch({ operations }));

  it('adds values once, and one primary value takes the place of another', () => {
    const work = { value: 'w@a.test', type: 'work', primary: true };
    const home = { value: 'h@a.test', type: 'home', primary: true };
    const add = (value: object) => ({ op: 'add', path: 'emails', value: [value] });
    const added = patch({ emails: [work] }, add(work), add(home));
    expect(added['emails']).toEqual([{ ...work, primary: false }, home]);
  });

  it('does all of the operations or none', () => {
    const before = { title: 'a' };
    const operations = [
      { op: 'replace', path: 'title', value: 'b' },
      { op: 'replace', path: 'emails[type eq "work"]', value: {} },
    ];
    expect(() => patch(before, ...operations)).toThrow('fulfils the filter');
    expect(before).toEqual({ title: 'a' });
  });

  it('merges a complex value and removes what is set to null', () => {
    const before = { name: { givenName: 'A', familyName: 'B' }, title: 'x' };
    const after = patch(before, { op: 'replace', value: { name: { givenName: 'C' }, title: null } });
    expect(after).toEqual({ userName: 'u', name: { givenName: 'C', familyName: 'B' } });
  });
});
