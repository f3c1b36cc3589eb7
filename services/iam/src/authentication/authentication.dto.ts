import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { LiveSession } from '../session/session.store.ts';
import type { SignInProgress } from './sign-in.ts';

export const passwordSchema = z
  .string()
  .min(10, 'must have at least 10 characters')
  .max(256, 'must have at most 256 characters');
export const emailSchema = z.email('must be an email address').max(254);
const nameSchema = z.string().trim().min(1).max(200);

export const signedInUserSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  emailVerified: z.boolean(),
  createdAt: z.iso.datetime(),
});

export const signInProgressSchema = z.object({
  user: signedInUserSchema.nullable().describe('null where it would tell whether an address is known'),
  next: z
    .enum(['done', 'second_factor', 'verify_email', 'sign_in'])
    .describe('what there is to do before the session counts'),
});

/** A password that the caller sends along to prove who they are; absent: a recent sign-in proves it. */
export const proofPasswordSchema = z.string().min(1).max(256).optional();

export const tokenSchema = z.string().min(1).max(100);
export const codeSchema = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'must be six digits');
export const tokenProofSchema = z.union(
  [z.strictObject({ token: tokenSchema }), z.strictObject({ email: emailSchema, code: codeSchema })],
  { error: 'must have a token, or an email address and a code of six digits' },
);

const methodsSchema = z.array(z.string()).describe('how the user proved who they are (RFC 8176)');

export const signUp = defineOperation({
  id: 'signUp',
  method: 'POST',
  path: '/auth/sign-up/email',
  summary: 'Sign up with email address and password',
  description:
    'Only where self-registration is on. Where addresses must be proven, the answer is the same for every address and a ' +
    'mail goes to it; else sets the session cookie.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.strictObject({ email: emailSchema, password: passwordSchema, name: nameSchema }),
  response: signInProgressSchema,
  errors: [
    'authentication.email_taken',
    'authentication.password_breached',
    'authentication.self_registration_off',
    'authentication.origin_not_trusted',
  ],
});

export const signIn = defineOperation({
  id: 'signIn',
  method: 'POST',
  path: '/auth/sign-in/email',
  summary: 'Sign in with email address and password',
  description: 'Sets the session cookie. Guessing slows down: from the fifth wrong password on it waits.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.strictObject({ email: emailSchema, password: z.string().min(1).max(256) }),
  response: signInProgressSchema,
  errors: [
    'authentication.invalid_credentials',
    'authentication.email_not_verified',
    'authentication.throttled',
    'authentication.origin_not_trusted',
  ],
});

export const signOut = defineOperation({
  id: 'signOut',
  method: 'POST',
  path: '/auth/sign-out',
  summary: 'End the session of this browser',
  permission: 'public',
  tenant: false,
  browser: true,
  response: z.object({ signedOut: z.literal(true) }),
  errors: ['authentication.origin_not_trusted'],
});

export const getSession = defineOperation({
  id: 'getSession',
  method: 'GET',
  path: '/auth/session',
  summary: 'Get the session of this browser, if it has one',
  permission: 'public',
  tenant: false,
  browser: true,
  response: z.object({
    user: signedInUserSchema.nullable(),
    session: z
      .object({
        id: idSchema,
        methods: methodsSchema,
        secondFactorPending: z.boolean(),
        actorId: idSchema.nullable().describe('the person of the support staff who acts as the user'),
        createdAt: z.iso.datetime(),
        expiresAt: z.iso.datetime().describe('when it ends unless it is used before'),
      })
      .nullable(),
  }),
});

export const getToken = defineOperation({
  id: 'getToken',
  method: 'GET',
  path: '/auth/token',
  summary: 'Get an access token for the session of this browser',
  description: 'X-Tenant-ID picks the tenant that the token is for.',
  permission: 'public',
  tenant: false,
  browser: true,
  response: z.object({ token: z.string(), expiresIn: z.int().describe('seconds') }),
  errors: ['auth.required', 'tenant.not_a_member'],
});

export const listSigningKeys = defineOperation({
  id: 'listSigningKeys',
  method: 'GET',
  path: '/auth/jwks',
  summary: 'List the public keys that verify tokens (RFC 7517)',
  permission: 'public',
  tenant: false,
  response: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
});

export const changePassword = defineOperation({
  id: 'changePassword',
  method: 'PUT',
  path: '/users/me/password',
  summary: "Change the caller's password",
  description: 'Every other session ends; this browser goes on in a new one.',
  permission: 'authenticated',
  tenant: false,
  sensitive: true,
  browser: true,
  body: z.strictObject({ currentPassword: z.string().min(1).max(256), newPassword: passwordSchema }),
  response: z.object({ changed: z.literal(true) }),
  errors: ['caller.not_a_user', 'authentication.throttled', 'authentication.password_breached'],
});

interface UserFacts {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
  readonly createdAt: Date;
}

export function toSignedInUser(user: UserFacts): z.output<typeof signedInUserSchema> {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    emailVerified: user.emailVerified,
    createdAt: user.createdAt.toISOString(),
  };
}

export function toProgressResponse(progress: SignInProgress): z.output<typeof signInProgressSchema> {
  return { user: progress.user === undefined ? null : toSignedInUser(progress.user), next: progress.next };
}

export function toSessionResponse(session: LiveSession | undefined): z.output<(typeof getSession)['response']> {
  if (session === undefined) return { user: null, session: null };
  return {
    user: toSignedInUser({ ...session, id: session.userId, createdAt: session.userCreatedAt }),
    session: {
      id: session.id,
      methods: [...session.methods],
      secondFactorPending: session.pending,
      actorId: session.actorId,
      createdAt: session.createdAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    },
  };
}
