import { idSchema, type ContractFunctions, type iamContract } from '@plinth/contracts';
import { InvalidTokenError } from '@plinth/common';
import type { JWTPayload } from 'jose';
import { z } from 'zod';

/** A verified access token: who it speaks of, and until when. */
export interface AccessToken {
  readonly subject: Parameters<ContractFunctions<typeof iamContract>['resolveSubject']>[0];
  /** Whether requests choose the tenant by X-Tenant-ID; otherwise the token is for one alone. */
  readonly tenantIsChosen: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  exp: z.number(),
  sid: idSchema.optional(),
  tenant_id: idSchema.optional(),
  jti: z.string().optional(),
  act: z.object({ sub: z.string() }).optional(),
});

/** Reads the claims of a token of the embedded issuer whose signature was verified. */
export function readAccessToken(payload: JWTPayload): AccessToken {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw new InvalidTokenError('its claims are not those of an access token');
  const { iss, sub, exp, sid, tenant_id: tenant, jti, act } = claims.data;
  return {
    subject: {
      issuer: iss,
      subject: sub,
      kind: 'user',
      ...(sid === undefined ? {} : { session: sid }),
      ...(tenant === undefined ? {} : { tenant }),
      // Its scopes are with iam: what a token says of them is what was true when it was issued.
      ...(jti === undefined ? {} : { tokenId: jti }),
      ...(act === undefined ? {} : { actor: act.sub }),
    },
    tenantIsChosen: false,
    expiresAt: exp * 1000,
  };
}
