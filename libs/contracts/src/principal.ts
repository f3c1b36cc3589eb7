import { z } from 'zod';
import { idSchema } from './ids.ts';

/**
 * The verified caller. Services see nothing else of authentication.
 * `scopes` are permissions; absent means that the roles alone decide, present means that they narrow the roles.
 */
export const principalSchema = z.object({
  kind: z.enum(['user', 'api-key', 'service']),
  subject: z.string().min(1).describe('user id, API key id or service name'),
  tenant: idSchema.optional(),
  organization: idSchema.optional(),
  roles: z.array(z.string()),
  scopes: z.array(z.string()).optional(),
  email: z.string().optional(),
});

export type Principal = z.infer<typeof principalSchema>;
