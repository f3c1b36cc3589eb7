import { expect, it } from 'vitest';
import { contrast, makeAccents } from './brand-colour.ts';

it('knows the contrast of black and white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

it.each(['#2b4fb8', '#ffff00', '#000000', '#ffffff', '#ff0000', '#00ff7f', '#808080'])(
  'makes of %s a colour that can be read in both themes, as letters and below them',
  (colour) => {
    const { light, dark } = makeAccents(colour);
    for (const ground of ['#ffffff', '#f4f5f7']) expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['#14161a', '#1b1e23', '#22262d']) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5);
  },
);

it('leaves a colour as it is where it can be read', () => {
  expect(makeAccents('#2b4fb8').light).toBe('#2b4fb8');
  expect(makeAccents('#a0c0ff').dark).toBe('#a0c0ff');
});
