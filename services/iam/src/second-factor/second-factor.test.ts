import { expect, it } from 'vitest';
import { drawRecoveryCodes, normaliseRecoveryCode } from './recovery-code.ts';
import { findStep } from './totp.ts';

// The secret of RFC 6238, appendix B, in base 32; its codes shortened to six digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_234_567_890, '005924', 41_152_263],
  [20_000_000_000, '353130', 666_666_666],
])('knows the code of RFC 6238 at %d s', async (seconds, code, step) => {
  expect(await findStep(secret, code, new Date(seconds * 1000))).toBe(step);
});

it('takes the code of the step before and after, and tells which step it was', async () => {
  const time = (seconds: number) => new Date(seconds * 1000);
  expect(await findStep(secret, '287082', time(89))).toBe(1);
  expect(await findStep(secret, '287082', time(29))).toBe(1);
  expect(await findStep(secret, '287082', time(90))).toBeUndefined();
});

it('draws ten different recovery codes that nobody misreads', () => {
  const codes = drawRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[a-hj-km-np-z2-9]{5}-[a-hj-km-np-z2-9]{5}$/);
  expect(normaliseRecoveryCode(' ABCDE fghjk ')).toBe('abcdefghjk');
});
