import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { policyMethods } from './sign-in-policy.ts';

const methodsSchema = z
  .array(z.enum(policyMethods))
  .min(1, 'must name at least one way')
  .transform((methods) => policyMethods.filter((method) => methods.includes(method)));

const policySchema = z.object({
  secondFactorRequired: z.boolean(),
  methods: z.array(z.enum(policyMethods)).describe('ways of signing in that the tenant accepts; one of them is enough'),
  version: z.int().describe('0 when nothing was decided'),
});

export const getSignInPolicy = defineOperation({
  id: 'getSignInPolicy',
  method: 'GET',
  path: '/sign-in-policy',
  summary: 'Get how the members of the tenant must sign in',
  permission: 'policy:read',
  response: policySchema,
  etag: 'returned',
});

export const replaceSignInPolicy = defineOperation({
  id: 'replaceSignInPolicy',
  method: 'PUT',
  path: '/sign-in-policy',
  summary: 'Decide how the members of the tenant must sign in',
  description:
    'It counts from the next request of every member on. Your own sign-in must be enough for it: turning the second ' +
    'factor on needs a sign-in with one.',
  permission: 'policy:write',
  sensitive: true,
  body: z.strictObject({ secondFactorRequired: z.boolean(), methods: methodsSchema }),
  response: policySchema,
  etag: 'required',
  errors: ['sign_in_policy.would_lock_out', 'request.version_mismatch'],
});
