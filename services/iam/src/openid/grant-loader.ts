import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { newId } from '@plinth/common';
import type { IamCore } from '../core.ts';
import { TenantNotOwnError } from '../membership/membership.errors.ts';
import type { GrantContext } from './adapter.ts';
import { saveClientSession } from './client-session.store.ts';
import { findConsent } from './consent.store.ts';
import type { Library } from './library.ts';

export interface GrantRequest {
  readonly userId: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly tenantId: string | undefined;
  readonly scopes: readonly string[];
}

/**
 * Gives each authorization a grant of its own, so that one that is stolen ends alone. Without consent it gives none,
 * and the library then asks for it.
 */
export function createGrantLoader(
  core: IamCore,
  library: Library,
): (ctx: KoaContextWithOIDC) => Promise<Grant | undefined> {
  return async (ctx) => {
    const { client, session, account, params } = ctx.oidc;
    const userId = account!.accountId;
    const clientId = client!.clientId;
    const scopes = [...ctx.oidc.requestParamOIDCScopes];
    // The session's id is the same for the client as for us: it is what a logout token names.
    session!.sidFor(clientId, session!.uid);
    if (client!['first_party'] !== true && !(await hasConsent(core, { userId, clientId, scopes }))) return undefined;
    const request = {
      userId,
      clientId,
      sessionId: session!.uid,
      tenantId: params!['tenant_id'] as string | undefined,
      scopes,
    };
    return createGrant(core, library, ctx.oidc.provider, request);
  };
}

/** Makes a grant for what a user let a client do, in the tenant that was asked for or in their first one. */
export async function createGrant(
  core: IamCore,
  library: Library,
  provider: InstanceType<Library['Provider']>,
  request: GrantRequest,
): Promise<Grant> {
  const tenant = await chooseTenant(core, library, request);
  const grant = new provider.Grant({ accountId: request.userId, clientId: request.clientId });
  grant.addOIDCScope(request.scopes.join(' '));
  const context: GrantContext = { type: 'urn:plinth:grant', session: request.sessionId, tenant: tenant ?? null };
  grant.addRar({ ...context });
  await grant.save();
  await core.database.transaction(undefined, (transaction) =>
    saveClientSession(transaction, { ...request, id: newId(core.clock.now().getTime()), now: core.clock.now() }),
  );
  return grant;
}

async function chooseTenant(core: IamCore, library: Library, request: GrantRequest): Promise<string | undefined> {
  try {
    const caller = await core.sessions.authenticateById(request.sessionId, request.userId, request.tenantId);
    if (request.tenantId !== undefined && caller?.secondFactorMissing)
      throw new library.errors.AccessDenied('the tenant asks for a second factor');
    return caller?.tenant;
  } catch (error) {
    if (error instanceof TenantNotOwnError)
      throw new library.errors.AccessDenied('the user does not belong to the tenant');
    throw error;
  }
}

async function hasConsent(
  core: IamCore,
  asked: { readonly userId: string; readonly clientId: string; readonly scopes: readonly string[] },
): Promise<boolean> {
  const given = await core.database.transaction(undefined, (transaction) =>
    findConsent(transaction, asked.userId, asked.clientId),
  );
  return asked.scopes.length > 0 && asked.scopes.every((scope) => given.includes(scope));
}
