import { expect, it } from 'vitest';
import { parseName, toNoun } from './names.ts';

it('knows every form of a name', () => {
  expect(parseName('a feature', 'point-card')).toEqual({
    kebab: 'point-card',
    camel: 'pointCard',
    pascal: 'PointCard',
    snake: 'point_card',
    upper: 'POINT_CARD',
    words: 'point card',
    title: 'Point card',
  });
});

it.each([
  ['reward', 'rewards'],
  ['loyalty', 'loyalties'],
  ['survey', 'surveys'],
  ['box', 'boxes'],
  ['point-card', 'point-cards'],
])('makes many of %s: %s', (one, many) => {
  expect(toNoun(parseName('a feature', one)).many.kebab).toBe(many);
});

it.each([
  ['PointCard', 'Write "point-card"'],
  ['point_card', 'Write "point-card"'],
  ['2nd', 'Write "nd"'],
  ['', 'Write "my-service"'],
  ['gateway', 'uses it for something of its own'],
  ['pg-stat', 'begin with pg'],
  ['order', '"orders"'],
  ['class', 'key word'],
  ['a'.repeat(31), 'more than 30'],
])('refuses %j and says %s', (name, reason) => {
  try {
    parseName('a service', name);
    expect.unreachable();
  } catch (error) {
    const { message, suggestion, code } = error as { message: string; suggestion: string; code: string };
    expect(`${message} ${suggestion}`).toContain(reason);
    expect(code).toBe('create.name_invalid');
  }
});
