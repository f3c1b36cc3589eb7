import { expect, it } from 'vitest';
import { findRefusal, openPolicy } from './sign-in-policy.ts';

it('accepts every way of signing in where nothing was decided', () => {
  for (const method of ['pwd', 'email', 'hwk', 'fed'] as const)
    expect(findRefusal(openPolicy, { strong: false, methods: [method] })).toBeUndefined();
});

it('accepts a sign-in when one of its proofs is of an accepted way', () => {
  const policy = { secondFactorRequired: false, methods: ['passkey'] as const };
  expect(findRefusal(policy, { strong: true, methods: ['pwd', 'hwk'] })).toBeUndefined();
  expect(findRefusal(policy, { strong: true, methods: ['pwd', 'otp'] })).toBe('signInMethodRefused');
});

it('does not take a code of an app or a recovery code for a way of its own', () => {
  expect(findRefusal(openPolicy, { strong: true, methods: ['otp', 'rec'] })).toBe('signInMethodRefused');
});

it('asks for a second factor where the tenant does', () => {
  const policy = { ...openPolicy, secondFactorRequired: true };
  expect(findRefusal(policy, { strong: false, methods: ['pwd'] })).toBe('secondFactorMissing');
  expect(findRefusal(policy, { strong: true, methods: ['pwd', 'otp'] })).toBeUndefined();
});

it('looks at no way where none is known', () => {
  expect(findRefusal({ secondFactorRequired: false, methods: ['federated'] }, { strong: true })).toBeUndefined();
});
