import { expect, it } from 'vitest';
import { oncePerModel } from './once-per-model.ts';

it('gives the same result for a model, and another one for another model', () => {
  const build = oncePerModel(({ name }: { readonly name: string }) => ({ greeting: `Hello ${name}` }));
  const ada = { name: 'Ada' };
  expect(build(ada)).toEqual({ greeting: 'Hello Ada' });
  expect(build(ada)).toBe(build(ada));
  expect(build({ name: 'Ada' })).not.toBe(build(ada));
  expect(build({ name: 'Grace' })).toEqual({ greeting: 'Hello Grace' });
});
