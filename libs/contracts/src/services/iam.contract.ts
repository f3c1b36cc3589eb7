import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { principalSchema } from '../principal.ts';
import { defineContract } from '../service-contract.ts';
import { deletionCertificateSchema, tenantDataProcedures } from '../tenant-data.ts';

/** What other services, and the gateway, may ask of iam. */
export const iamContract = defineContract('iam', {
  ...tenantDataProcedures,
  /** Who the value of a session cookie belongs to; null when it is unknown, expired or revoked. */
  authenticateSession: {
    input: z.object({ cookie: z.string(), requestedTenant: idSchema.optional() }),
    output: principalSchema.nullable(),
  },
  /**
   * Who an API key belongs to; null when it is unknown, expired or revoked. From an address that guesses keys, only
   * those are looked at that it has used before.
   */
  authenticateApiKey: {
    input: z.object({ key: z.string(), ip: z.string().optional().describe('address of the client') }),
    output: principalSchema.nullable(),
  },
  /**
   * Who the subject of a verified access token is now: with the roles that they have at this moment. Null when the
   * user, the service account or the session that the token belongs to is no more.
   */
  resolveSubject: {
    input: z.object({
      issuer: z.string(),
      subject: z.string(),
      kind: z.enum(['user', 'service-account']).default('user'),
      session: idSchema.optional(),
      tenant: idSchema.optional(),
      tokenId: z.string().optional().describe('of a token that was issued to an OAuth client, which can be revoked'),
      scopes: z.array(z.string()).optional(),
      actor: z.string().optional(),
      external: z
        .object({
          issuedAt: z.int().describe('seconds since 1970'),
          email: z.string().optional().describe('to make a user with, never to find somebody by'),
          emailVerified: z.boolean(),
          name: z.string().optional(),
          roles: z.array(z.string()).optional().describe("mapped to the platform's roles; absent: none were mapped"),
          strong: z.boolean().describe('whether the issuer says that there were two factors'),
        })
        .optional()
        .describe('what a token of an external issuer says of its subject'),
    }),
    output: principalSchema.nullable(),
  },
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
  /**
   * Ends everything that a person may do in a tenant: roles, API keys that they made, invitations that they sent.
   * `by` is who removes them, and must hold what they hold; absent: they leave by themselves.
   */
  removeMember: {
    input: z.object({ tenantId: idSchema, userId: idSchema, by: principalSchema.optional() }),
    output: z.object({ removed: z.boolean() }),
  },
  /** Whether the person behind a session proved lately, or proves now by their password, that it is them. */
  confirmIdentity: {
    input: z.object({ userId: idSchema, session: idSchema.optional(), password: z.string().max(256).optional() }),
    output: z.object({ confirmed: z.boolean() }),
  },
  /** Signs a certificate with the platform's key: a JWS in compact form (RFC 7515) with the public key in its header. */
  signCertificate: {
    input: z.object({ certificate: deletionCertificateSchema }),
    output: z.object({ jws: z.string() }),
  },
});
