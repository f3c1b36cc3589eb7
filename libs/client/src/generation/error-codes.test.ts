import { expect, test } from 'vitest';
import { findErrorCodes, renderErrorsPage } from './error-codes.ts';

const text = `
export class FirstError extends DomainError {
  readonly code = 'thing.first';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(\`The thing \${id} is a|b.\`, { suggestion: 'Wait.' });
  }
}

export class SecondError extends DomainError {
  readonly code = 'thing.second';
  readonly kind = 'invalid';
  constructor() {
    super('It\\'s wrong.');
  }
}
`;

test('finds every code with its kind, message and packages', () => {
  const codes = findErrorCodes([
    { path: 'services/b/src/x.ts', text },
    { path: 'libs/a/src/y.ts', text },
  ]);
  expect(codes).toEqual([
    { code: 'thing.first', kind: 'conflict', message: 'The thing … is a|b.', packages: ['libs/a', 'services/b'] },
    { code: 'thing.second', kind: 'invalid', message: "It's wrong.", packages: ['libs/a', 'services/b'] },
  ]);
  expect(renderErrorsPage(codes)).toContain(
    '| `thing.first` | conflict | 409 | The thing … is a\\|b. | libs/a, services/b |\n',
  );
});
