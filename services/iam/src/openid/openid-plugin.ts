import type { Logger } from '@plinth/common';
import { sendProblem, toDomainError } from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { issuerPath, type IamCore } from '../core.ts';
import type { EndSessionService } from './end-session.service.ts';
import { cookieNames, endpoints } from './endpoints.ts';
import { buildErrorPage } from './error-page.ts';
import type { InteractionService } from './interaction.service.ts';
import { prepareRequest } from './prepare-request.ts';
import type { ProviderService } from './provider.service.ts';

export interface OpenidPluginOptions {
  readonly core: IamCore;
  readonly providers: ProviderService;
  readonly interactions: InteractionService;
  readonly endSession: EndSessionService;
}

const bodyLimit = 48 * 1024;
const discoveryPaths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

/**
 * Mounts the OpenID provider. Register it without fastify-plugin: its raw-body parser, which takes every content type,
 * must not reach the routes beside it. The library's own pages and its key list are not mounted; ours take their place.
 */
export async function openidPlugin(app: FastifyInstance, options: OpenidPluginOptions): Promise<void> {
  const { core, interactions } = options;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => sendFailure(error, request, reply, core.log));

  const pass = (request: FastifyRequest, reply: FastifyReply): Promise<void> => passOn(request, reply, options);
  for (const path of [...discoveryPaths, endpoints.authorization, `${endpoints.authorization}/:uid`])
    app.get(issuerPath + path, pass);
  app.route({ method: ['GET', 'POST'], url: issuerPath + endpoints.userinfo, handler: pass });
  for (const path of [
    endpoints.token,
    endpoints.introspection,
    endpoints.revocation,
    endpoints.pushed_authorization_request,
    endpoints.device_authorization,
  ])
    app.post(issuerPath + path, pass);

  app.get<{ Params: { uid: string } }>(`${issuerPath}/oauth2/interaction/:uid`, async (request, reply) => {
    const location = await interactions.proceed(request.params.uid, request.headers.cookie);
    return reply.header('cache-control', 'no-store').redirect(location, 303);
  });
  app.route({
    method: ['GET', 'POST'],
    url: issuerPath + endpoints.end_session,
    handler: (request, reply) => endSession(request, reply, options.endSession),
  });
}

/** Hands a request to the library, which answers on the bare response. */
async function passOn(
  request: FastifyRequest,
  reply: FastifyReply,
  { core, providers }: OpenidPluginOptions,
): Promise<void> {
  const session = cookieNames(core.config.cookieSecure).session;
  await prepareRequest(request, { core, providers, sessionCookie: session });
  const handle = await providers.handler();
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  await handle(request.raw, reply.raw);
}

async function endSession(
  request: FastifyRequest,
  reply: FastifyReply,
  service: EndSessionService,
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  const query = request.url.split('?')[1] ?? '';
  const parameters = new URLSearchParams(request.method === 'POST' ? body : query);
  const { location, cookie } = await service.end(
    {
      idTokenHint: parameters.get('id_token_hint') ?? undefined,
      clientId: parameters.get('client_id') ?? undefined,
      returnTo: parameters.get('post_logout_redirect_uri') ?? undefined,
      state: parameters.get('state') ?? undefined,
    },
    request.headers.cookie,
  );
  if (cookie !== undefined) reply.header('set-cookie', cookie);
  return reply.header('cache-control', 'no-store').redirect(location, 303);
}

/** A person gets a page, a program a problem. */
function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply | void {
  const known = toDomainError(error);
  if (known.kind === 'internal' || !(request.headers.accept ?? '').includes('text/html'))
    return sendProblem(error as Error, request, reply, log);
  const status = { not_found: 404, invalid: 400, forbidden: 403, rate_limited: 429 }[known.kind as string] ?? 400;
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(buildErrorPage(known.code, known.message));
}
