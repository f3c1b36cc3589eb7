import { RateLimitedError, RouteNotFoundError, sendProblem, toDomainError, type Logger } from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RateCounter } from '../rate-counter.ts';
import type { BrowserAnswer, BrowserSignIn } from './browser-sign-in.service.ts';
import { LogoutTokenError } from './sign-in.errors.ts';
import { renderSignInFailure } from './sign-in-page.ts';

export interface SignInRouteOptions {
  readonly signIn: BrowserSignIn;
  readonly limiter: RateCounter;
  readonly log: Logger;
  readonly now: () => number;
}

const bodyLimit = 32 * 1024;
/** Requests a minute from one address. */
const limit = 120;

/**
 * The gateway's own endpoints on every origin whose browsers it signs in: `GET /edge/sign-in?return_to=`, `GET
 * /edge/callback`, `GET` or `POST /edge/sign-out`; and `POST /edge/back-channel-logout` for the provider. Register it
 * without fastify-plugin: forms are parsed here alone.
 */
export async function signInRoutes(app: FastifyInstance, options: SignInRouteOptions): Promise<void> {
  const { signIn } = options;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
  // A form that signs out has nothing to say.
  app.addContentTypeParser('*', { bodyLimit }, (_request, _body, done) => done(null, undefined));
  app.addHook('preHandler', (request) => count(request, options));

  const answer = (act: (request: FastifyRequest) => Promise<BrowserAnswer>) => ({
    // Each route says so itself: the platform's own handler would answer browsers with JSON.
    errorHandler: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      fail(error as Error, request, reply, options.log),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      reply.header('cache-control', 'no-store');
      if (!signIn.serves(request)) throw new RouteNotFoundError(request.method, request.url.split('?')[0] ?? '');
      const { location, cookies } = await act(request);
      if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
      return reply.redirect(location, request.method === 'GET' ? 302 : 303);
    },
  });
  app.route({
    method: 'GET',
    url: '/edge/sign-in',
    ...answer((request) => signIn.begin(request, queryOf(request).get('return_to') ?? undefined)),
  });
  app.route({
    method: 'GET',
    url: '/edge/callback',
    ...answer((request) => signIn.complete(request, queryOf(request).toString())),
  });
  app.route({ method: ['GET', 'POST'], url: '/edge/sign-out', ...answer((request) => signIn.end(request)) });
  app.post('/edge/back-channel-logout', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const token = request.body instanceof URLSearchParams ? request.body.get('logout_token') : null;
    if (token === null) throw new LogoutTokenError('the form has no logout_token');
    await signIn.takeLogoutToken(token);
    return reply.status(200).send();
  });
}

function queryOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : request.url.slice(at + 1));
}

async function count(request: FastifyRequest, { limiter, now }: SignInRouteOptions): Promise<void> {
  const decision = await limiter.take(`/edge ${request.ip}`, limit, now());
  if (!decision.allowed) throw new RateLimitedError(decision.resetSeconds);
}

/** A person gets a page, a program a problem. */
function fail(error: Error, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply | void {
  const known = toDomainError(error);
  const isKnown = known.kind === 'invalid' || known.kind === 'conflict' || known.kind === 'forbidden';
  if (!isKnown || !(request.headers.accept ?? '').includes('text/html')) return sendProblem(error, request, reply, log);
  const status = { invalid: 400, conflict: 409, forbidden: 403 }[known.kind as 'invalid'];
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderSignInFailure(known.message, known.suggestion));
}
