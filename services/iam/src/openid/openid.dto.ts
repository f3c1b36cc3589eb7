import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';

const clientSchema = z.object({ id: z.string(), name: z.string(), logoUri: z.string().nullable() });
const interactionParameters = z.strictObject({ interactionId: z.string().min(1).max(100) });
const continueSchema = z.object({ location: z.string().describe('path that the browser goes to next') });
const userCodeBody = z.strictObject({ userCode: z.string().min(1).max(30) });

export const getConsentRequest = defineOperation({
  id: 'getConsentRequest',
  method: 'GET',
  path: '/auth/interactions/:interactionId',
  summary: 'Get what an application asks the user of this browser to agree to',
  permission: 'public',
  tenant: false,
  browser: true,
  params: interactionParameters,
  response: z.object({
    client: clientSchema.extend({ homeUri: z.string().nullable() }),
    scopes: z.array(z.string()),
    user: z.object({ name: z.string(), email: z.string() }),
    redirectOrigin: z.string().nullable().describe('where the browser comes to in the end'),
  }),
  errors: ['openid.interaction_unknown'],
});

export const answerConsentRequest = defineOperation({
  id: 'answerConsentRequest',
  method: 'POST',
  path: '/auth/interactions/:interactionId',
  summary: 'Agree, or refuse',
  description: 'The session cookie says who answers. Only the browser that began the sign-in can.',
  permission: 'public',
  tenant: false,
  browser: true,
  params: interactionParameters,
  body: z.strictObject({ agreed: z.boolean() }),
  response: continueSchema,
  errors: ['openid.interaction_unknown', 'authentication.origin_not_trusted', 'auth.impersonation_refused'],
});

export const findDevice = defineOperation({
  id: 'findDevice',
  method: 'POST',
  path: '/auth/devices/search',
  summary: 'Find the device that shows a code',
  description: 'A POST, so that the code stands in no log. Guessing slows down.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: userCodeBody,
  response: z.object({
    client: clientSchema,
    scopes: z.array(z.string()),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
  errors: [
    'auth.required',
    'openid.device_code_unknown',
    'authentication.throttled',
    'authentication.origin_not_trusted',
  ],
});

export const answerDevice = defineOperation({
  id: 'answerDevice',
  method: 'POST',
  path: '/auth/devices/answer',
  summary: 'Admit the device that shows a code, or turn it away',
  description: 'An admitted device gets a session of its own.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: userCodeBody.extend({ approved: z.boolean() }),
  response: z.object({ approved: z.boolean() }),
  errors: [
    'auth.required',
    'openid.device_code_unknown',
    'authentication.throttled',
    'authentication.origin_not_trusted',
    'auth.impersonation_refused',
  ],
});

export const listConsents = defineOperation({
  id: 'listConsents',
  method: 'GET',
  path: '/users/me/consents',
  summary: 'List what the caller has agreed to for applications',
  permission: 'authenticated',
  tenant: false,
  query: pageQuerySchema,
  response: pageSchema(
    z.object({
      client: z.object({ id: z.string(), name: z.string() }),
      scopes: z.array(z.string()),
      grantedAt: z.iso.datetime(),
    }),
  ),
  errors: ['caller.not_a_user'],
});

export const withdrawConsent = defineOperation({
  id: 'withdrawConsent',
  method: 'DELETE',
  path: '/users/me/consents/:clientId',
  summary: 'Take back what the caller has agreed to for an application',
  description: 'Its tokens end within a second, and it asks again.',
  permission: 'authenticated',
  sensitive: true,
  tenant: false,
  params: z.strictObject({ clientId: z.string().min(1).max(200) }),
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user'],
});
