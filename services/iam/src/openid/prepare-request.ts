import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { issuerPath, type IamCore } from '../core.ts';
import { endpoints } from './endpoints.ts';
import type { ProviderService } from './provider.service.ts';

export interface PrepareOptions {
  readonly core: IamCore;
  readonly providers: ProviderService;
  /** Name of the cookie that the library reads its session's id from. */
  readonly sessionCookie: string;
}

const jwt = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const takesToken: ReadonlySet<string> = new Set([endpoints.introspection, endpoints.revocation]);

/**
 * Makes a request one that the library can trust: asked for under the issuer's own origin, from the client's address,
 * in the session that its cookie really stands for, with access tokens by their id.
 */
export async function prepareRequest(request: FastifyRequest, options: PrepareOptions): Promise<void> {
  const { raw } = request;
  const path = request.url.slice(issuerPath.length);
  const endpoint = path.split('?')[0]!;
  setOrigin(raw, options.core.issuer, request.ip);
  await setSession(raw, endpoint, options);
  await setBearer(raw, endpoint, options);
  // The convention of Koa for what is mounted below a path.
  Object.assign(raw, { originalUrl: raw.url });
  raw.url = path;
  if (!Buffer.isBuffer(request.body)) return;
  setBody(raw, takesToken.has(endpoint) ? await swapToken(raw, request.body, options) : request.body);
}

/** A Host header never decides where links and redirects lead. */
function setOrigin(raw: IncomingMessage, issuer: string, ip: string): void {
  const { host, protocol } = new URL(issuer);
  for (const name of Object.keys(raw.headers)) if (/^(x-forwarded-|forwarded$|:)/.test(name)) delete raw.headers[name];
  raw.headers.host = host;
  raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  raw.headers['x-forwarded-for'] = ip;
}

/** The library's session cookie is written here, from the platform's own; what the browser sends under its name goes. */
async function setSession(raw: IncomingMessage, endpoint: string, options: PrepareOptions): Promise<void> {
  const { core, sessionCookie } = options;
  const others = (raw.headers.cookie ?? '').split(/;\s*/).filter((pair) => !pair.startsWith(`${sessionCookie}=`));
  const isBrowser = endpoint.startsWith(endpoints.authorization);
  const session = isBrowser ? await core.sessions.find(raw.headers.cookie) : undefined;
  if (session !== undefined && !session.pending) others.push(`${sessionCookie}=${session.id}`);
  raw.headers.cookie = others.filter((pair) => pair !== '').join('; ');
}

async function setBearer(raw: IncomingMessage, endpoint: string, options: PrepareOptions): Promise<void> {
  const token = /^Bearer +(\S+)$/i.exec(raw.headers.authorization ?? '')?.[1];
  if (endpoint !== endpoints.userinfo || token === undefined) return;
  raw.headers.authorization = `Bearer ${await toHandle(raw, token, options)}`;
}

async function swapToken(raw: IncomingMessage, body: Buffer, options: PrepareOptions): Promise<Buffer> {
  const parameters = new URLSearchParams(body.toString('utf8'));
  const tokens = parameters.getAll('token');
  if (tokens.length !== 1 || !jwt.test(tokens[0]!)) return body;
  parameters.set('token', await toHandle(raw, tokens[0]!, options));
  return Buffer.from(parameters.toString());
}

/** The id of an access token of ours; a text that is nobody's for everything else. */
async function toHandle(raw: IncomingMessage, token: string, { core, providers }: PrepareOptions): Promise<string> {
  const id = await core.tokens.readId(token);
  if (id === undefined) return 'unknown';
  providers.noteVerifiedToken(raw, id);
  return id;
}

/** The body was read already, to keep its limit; the library reads it once more, from here. */
function setBody(raw: IncomingMessage, body: Buffer): void {
  Object.defineProperty(raw, 'readable', { value: true, configurable: true });
  Object.defineProperty(raw, 'iterator', {
    configurable: true,
    value: async function* () {
      if (body.length > 0) yield body;
    },
  });
  raw.headers['content-length'] = String(body.length);
  delete raw.headers['transfer-encoding'];
}
