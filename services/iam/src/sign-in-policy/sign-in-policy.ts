import type { SignInMethod } from '../session/session.ts';

/** Ways of proving who one is that a tenant can accept or not. */
export const policyMethods = ['password', 'email', 'passkey', 'federated'] as const;
export type PolicyMethod = (typeof policyMethods)[number];

/** How the members of a tenant must sign in. */
export interface SignInPolicy {
  readonly secondFactorRequired: boolean;
  /** One of them is enough. */
  readonly methods: readonly PolicyMethod[];
}

/** What a tenant that has said nothing asks for. */
export const openPolicy: SignInPolicy = { secondFactorRequired: false, methods: policyMethods };

/** What is known of a sign-in. */
export interface SignInFacts {
  readonly strong: boolean;
  /** Undefined: not one of ours, and the ways are not looked at. */
  readonly methods?: readonly SignInMethod[] | undefined;
}

// Codes of an app and recovery codes only add to another proof.
const methodOf: Readonly<Partial<Record<SignInMethod, PolicyMethod>>> = {
  pwd: 'password',
  email: 'email',
  hwk: 'passkey',
  fed: 'federated',
};

/** Why a sign-in is not enough for a tenant; undefined when it is. */
export function findRefusal(
  policy: SignInPolicy,
  sign: SignInFacts,
): 'signInMethodRefused' | 'secondFactorMissing' | undefined {
  const accepted = sign.methods?.some((method) => {
    const named = methodOf[method];
    return named !== undefined && policy.methods.includes(named);
  });
  if (accepted === false) return 'signInMethodRefused';
  return policy.secondFactorRequired && !sign.strong ? 'secondFactorMissing' : undefined;
}
