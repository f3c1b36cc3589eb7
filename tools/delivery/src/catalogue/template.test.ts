import { expect, it } from 'vitest';
import { fillTemplate, fillTemplates, placeholdersOf } from './template.ts';

it('fills placeholders and leaves what is escaped', () => {
  expect(fillTemplate('--size=${settings.size} $${HOME} $HOME', { 'settings.size': 3 })).toBe('--size=3 ${HOME} $HOME');
});

it('refuses a placeholder that stands for nothing, and names those that do', () => {
  expect(() => fillTemplate('${setings.size}', { 'settings.size': 3 })).toThrow(
    'The placeholder ${setings.size} stands for nothing; known: settings.size',
  );
});

it('keeps the type of a value that stands alone, anywhere in a document', () => {
  const document = { replicas: '${settings.members}', list: ['${settings.tls}', 'a-${settings.members}'], number: 1 };
  expect(fillTemplates(document, { 'settings.members': 3, 'settings.tls': true })).toEqual({
    replicas: 3,
    list: [true, 'a-3'],
    number: 1,
  });
});

it('lists placeholders once', () => {
  expect(placeholdersOf('${a} $${b} ${a} ${c.d}')).toEqual(['a', 'c.d']);
});
