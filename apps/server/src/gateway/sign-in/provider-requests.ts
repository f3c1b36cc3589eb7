import { findRequestContext, ServiceUnavailableError } from '@plinth/common';
import type { FastifyInstance, InjectOptions } from 'fastify';

/** Sends a request to the identity provider; what it cannot answer is unavailable, not wrong. */
export type SendToProvider = (url: string, init: ProviderRequest) => Promise<Response>;

export interface ProviderRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

const timeoutMs = 5000;

/** Sends over the network, to any issuer. */
export const sendToIssuer: SendToProvider = async (url, init) =>
  assertAvailable(
    await fetch(url, {
      method: init.method,
      headers: init.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(init.body === undefined || init.body === null ? {} : { body: String(init.body) }),
    }).catch((error: unknown) => {
      throw new ServiceUnavailableError('that identifies people', error);
    }),
  );

/**
 * Sends to the embedded provider without leaving the platform: its public address may lead nowhere from inside. In the
 * process of iam itself nothing is sent at all. `iamUrl`: where iam runs otherwise.
 */
export function sendToEmbedded(app: FastifyInstance, iamUrl: string | undefined): SendToProvider {
  return async (url, init) => {
    const { pathname, search } = new URL(url);
    if (iamUrl !== undefined) return sendToIssuer(`${iamUrl}${pathname}${search}`, init);
    const ip = findRequestContext()?.ip;
    const answer = await app.inject({
      method: init.method as NonNullable<InjectOptions['method']>,
      url: pathname + search,
      headers: init.headers,
      ...(init.body === undefined || init.body === null ? {} : { payload: String(init.body) }),
      // The provider counts the person's address, as if they had come by themselves.
      ...(ip === undefined ? {} : { remoteAddress: ip }),
    });
    const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return assertAvailable(
      new Response(answer.body === '' ? null : answer.body, { status: answer.statusCode, headers }),
    );
  };
}

function assertAvailable(answer: Response): Response {
  if (answer.status < 500 && answer.status !== 429) return answer;
  throw new ServiceUnavailableError('that identifies people', new Error(`it answered ${answer.status}`));
}
