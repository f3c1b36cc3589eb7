import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { OutboundRequestFailedError, OutboundUrlRefusedError } from './guarded-fetch.errors.ts';
import { isPublicAddress } from './public-address.ts';

export interface GuardedFetchOptions {
  /** Also plain HTTP, and hosts that are not on the public internet: for what the operator configured, and at home. */
  readonly allowPrivate?: boolean;
  /** Milliseconds for the whole exchange; 10 s unless said otherwise. */
  readonly timeoutMs?: number;
  /** Bytes of the answer's body; 1 MiB unless said otherwise. */
  readonly longestBody?: number;
  /** Cuts a longer body off instead of failing: where the status alone counts. */
  readonly cutBody?: boolean;
}

const defaultTimeoutMs = 10_000;
const defaultLongestBody = 1024 * 1024;
/** Statuses that have no body, for which `Response` takes none. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Fetches a URL that somebody else chose, without letting them reach what only we can reach: https alone, every address
 * of the name must be public, the connection goes to the very addresses that were checked, redirects are handed back
 * instead of followed, time and size are bounded. Throws `OutboundUrlRefusedError` and `OutboundRequestFailedError`.
 */
export async function guardedFetch(
  url: string | URL,
  init: RequestInit = {},
  options: GuardedFetchOptions = {},
): Promise<Response> {
  const {
    allowPrivate = false,
    timeoutMs = defaultTimeoutMs,
    longestBody = defaultLongestBody,
    cutBody = false,
  } = options;
  const target = assertFetchable(url, allowPrivate);
  // Only to read its parts: headers and body in the forms that fetch takes.
  const wanted = new Request(target, { ...init, redirect: 'manual' });
  const body = Buffer.from(await wanted.arrayBuffer());
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), wanted.signal]);
  try {
    const answer = await send(target, body, {
      method: wanted.method,
      headers: {
        ...Object.fromEntries(wanted.headers),
        ...(body.length === 0 ? {} : { 'content-length': body.length }),
      },
      signal,
      // A connection of its own: one that is kept open was checked for somebody else's rules.
      agent: false,
      ...(allowPrivate ? {} : { lookup: lookUpPublic }),
    });
    return await toResponse(answer, target, { longestBody, cutBody });
  } catch (error) {
    if (error instanceof OutboundUrlRefusedError || error instanceof OutboundRequestFailedError) throw error;
    const reason = signal.aborted
      ? `no answer within ${timeoutMs} ms`
      : ((error as { code?: string }).code ?? 'connection failed');
    throw new OutboundRequestFailedError(target.origin, reason, error);
  }
}

/** The URL, if it is one that may be fetched as far as can be told without resolving its name. Throws otherwise. */
export function assertFetchable(url: string | URL, allowPrivate: boolean): URL {
  const target = URL.parse(String(url));
  if (target === null) throw new OutboundUrlRefusedError(String(url).slice(0, 200), 'it is no URL');
  const refuse = (reason: string): never => {
    throw new OutboundUrlRefusedError(target.origin, reason);
  };
  if (target.protocol !== 'https:' && !(allowPrivate && target.protocol === 'http:')) refuse('it is not https');
  if (target.username !== '' || target.password !== '') refuse('it has a user name or a password in it');
  const host = target.hostname.replace(/^\[|\]$/g, '');
  // Names are looked up when connecting; for addresses nothing is.
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) refuse('its address is not public');
  return target;
}

function send(target: URL, body: Buffer, options: RequestOptions): Promise<IncomingMessage> {
  const request = target.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => request(target, options, resolve).on('error', reject).end(body));
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name for a connection; fails when one of its addresses is not public. */
function lookUpPublic(hostname: string, options: { readonly all?: boolean }, callback: LookupCallback): void {
  lookUp(hostname, { all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const hidden = addresses.find(({ address }) => !isPublicAddress(address));
    if (hidden !== undefined || addresses.length === 0)
      return callback(new OutboundUrlRefusedError(hostname, 'its address is not public'), []);
    if (options.all) return callback(null, addresses);
    return callback(null, addresses[0]!.address, addresses[0]!.family);
  });
}

async function toResponse(
  answer: IncomingMessage,
  target: URL,
  { longestBody, cutBody }: Required<Pick<GuardedFetchOptions, 'longestBody' | 'cutBody'>>,
): Promise<Response> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) {
      answer.destroy();
      if (cutBody) {
        chunks.push(chunk.subarray(0, chunk.length - (length - longestBody)));
        break;
      }
      throw new OutboundRequestFailedError(target.origin, `its answer is longer than ${longestBody} bytes`);
    }
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  const status = answer.statusCode!;
  return new Response(bodiless.has(status) ? null : Buffer.concat(chunks), { status, headers });
}
