import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { idSchema } from './ids.ts';

/**
 * Permissions beside those of the built-in roles: of a role of the tenant's own, or of a role that holds for one
 * organization, for one division and everything below it, or under conditions alone.
 */
export const grantSchema = z.object({
  permissions: z.array(z.string()),
  organization: idSchema.optional(),
  division: idSchema.optional(),
  conditions: z.array(conditionSchema).optional().describe('all of them must hold'),
});

export type Grant = z.infer<typeof grantSchema>;

/**
 * The verified caller. Services see nothing else of authentication.
 * `scopes` are permissions; absent means that roles and grants alone decide, present means that they narrow them.
 */
export const principalSchema = z.object({
  kind: z.enum(['user', 'service-account', 'api-key', 'service']),
  subject: z.string().min(1).describe('id of the user, service account or API key, or name of the service'),
  tenant: idSchema.optional(),
  organization: idSchema.optional(),
  roles: z.array(z.string()).describe('those that hold in the whole tenant, or on the whole platform'),
  grants: z.array(grantSchema).optional(),
  scopes: z.array(z.string()).optional(),
  rateLimit: z
    .int()
    .min(1)
    .optional()
    .describe('requests a minute that the API key allows in all, beside the limits of routes'),
  email: z.string().optional(),
  session: idSchema.optional().describe('the sign-in that the request belongs to'),
  actor: z.string().min(1).optional().describe('id of the person of the support staff who acts as this user'),
  secondFactorMissing: z
    .literal(true)
    .optional()
    .describe('the tenant asks for a second factor that this sign-in does not have; it then has no tenant'),
  signInMethodRefused: z
    .literal(true)
    .optional()
    .describe('the tenant does not accept the way in which the caller signed in; it then has no tenant'),
});

export type Principal = z.infer<typeof principalSchema>;
