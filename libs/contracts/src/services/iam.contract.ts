import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { principalSchema } from '../principal.ts';
import { defineContract } from '../service-contract.ts';

/** What other services, and the gateway, may ask of iam. */
export const iamContract = defineContract('iam', {
  /** Who the value of a session cookie belongs to; null when it is unknown, expired or revoked. */
  authenticateSession: {
    input: z.object({ cookie: z.string(), requestedTenant: idSchema.optional() }),
    output: principalSchema.nullable(),
  },
  /** Who an API key belongs to; null when it is unknown, expired or revoked. */
  authenticateApiKey: { input: z.object({ key: z.string() }), output: principalSchema.nullable() },
  /** Public keys of the embedded issuer (RFC 7517). */
  listSigningKeys: {
    input: z.object({}),
    output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  },
  /** Gives a user a role in a tenant unless they have it; running it again changes nothing. */
  grantRole: {
    input: z.object({ userId: z.string(), tenantId: idSchema, organizationId: idSchema, role: z.string() }),
    output: z.object({ granted: z.boolean() }),
  },
});
