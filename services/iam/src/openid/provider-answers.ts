import { createHash } from 'node:crypto';
import type { Principal } from '@plinth/contracts';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { apiAudience, type IamCore } from '../core.ts';
import { findGrantee } from './account.ts';
import { cookieNames, pages } from './endpoints.ts';

/** Puts the platform's own into the library's answers: signed access tokens, the pages, no second session cookie. */
export function amendAnswers(provider: Provider, core: IamCore): void {
  const { session } = cookieNames(core.config.cookieSecure);
  provider.use(async (ctx, next) => {
    await next();
    const known = ctx as unknown as KoaContextWithOIDC;
    if (known.oidc === undefined) return;
    await amend(known, core);
    allowFormPost(known);
    dropCookie(known, session);
  });
}

async function amend(ctx: KoaContextWithOIDC, core: IamCore): Promise<void> {
  const body = ctx.body as Record<string, unknown> | undefined;
  if (typeof body !== 'object' || body === null || ctx.status >= 400) return;
  switch (ctx.oidc.route) {
    case 'token':
      return signAccessToken(ctx, body, core);
    case 'introspection':
      if (body['active'] === true && body['token_type'] !== undefined) body['aud'] = apiAudience;
      return undefined;
    case 'device_authorization': {
      const page = new URL(pages.device, core.issuer);
      body['verification_uri'] = page.href;
      page.searchParams.set('user_code', String(body['user_code']));
      body['verification_uri_complete'] = page.href;
      return undefined;
    }
  }
}

/** The library's access token is a handle; what the client gets is a JWT (RFC 9068) that names it. */
async function signAccessToken(ctx: KoaContextWithOIDC, body: Record<string, unknown>, core: IamCore): Promise<void> {
  const { AccessToken, ClientCredentials, Grant, RefreshToken } = ctx.oidc.entities;
  const token = AccessToken ?? ClientCredentials;
  if (token === undefined || typeof body['access_token'] !== 'string') return;
  const details = { clientId: token.clientId!, tokenId: token.jti, scope: token.scope };
  if (AccessToken === undefined) {
    const caller: Principal = { kind: 'service-account', subject: token.clientId!, roles: [] };
    body['access_token'] = await core.tokens.issue(caller, details);
    return;
  }
  const caller = await findGrantee(core, Grant, AccessToken.accountId);
  if (caller === undefined) {
    ctx.status = 400;
    ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' };
    return;
  }
  // Somebody who works with tokens alone uses their session all the same.
  if (RefreshToken !== undefined) await core.sessions.keepAlive(caller.session!);
  body['access_token'] = await core.tokens.issue(caller, details);
}

/** The page that posts a code to its application may do so, and run the line of script that does it. */
function allowFormPost(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc;
  if (params?.['response_mode'] !== 'form_post' || typeof ctx.body !== 'string' || ctx.oidc.client === undefined)
    return;
  const target = URL.parse(String(params['redirect_uri']));
  const script = /<script>([^<]*)<\/script>/.exec(ctx.body)?.[1];
  if (target === null || script === undefined) return;
  const digest = createHash('sha256').update(script).digest('base64');
  ctx.set(
    'content-security-policy',
    `default-src 'none'; script-src 'sha256-${digest}'; base-uri 'none'; frame-ancestors 'none'; form-action ${target.origin}`,
  );
}

/** Whose session it is, is in the session cookie of the platform alone. */
function dropCookie(ctx: KoaContextWithOIDC, name: string): void {
  const cookies = ctx.res.getHeader('set-cookie');
  if (!Array.isArray(cookies)) return;
  const kept = cookies.filter((cookie) => !cookie.startsWith(`${name}=`));
  if (kept.length > 0) ctx.set('set-cookie', kept);
  else ctx.remove('set-cookie');
}
