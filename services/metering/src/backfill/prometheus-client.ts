import { guardedFetch, type Secret } from '@plinth/common';
import { z } from 'zod';
import type { MeasuredUsage } from './backfill.ts';
import { PrometheusAnswerError } from './backfill.errors.ts';

const TIMEOUT_MS = 60_000;
const LONGEST_ANSWER = 64 * 1024 * 1024;

// https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
    }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/** Asks the Prometheus that the operator configured. */
export class PrometheusClient {
  readonly #url: string;
  readonly #token: Secret | undefined;

  constructor(url: string, token: Secret | undefined) {
    this.#url = url.replace(/\/+$/, '');
    this.#token = token;
  }

  /** Values of an instant query by one label; series without the label are left out. Throws `PrometheusAnswerError`. */
  async query(query: string, at: Date, label: string): Promise<MeasuredUsage[]> {
    const body = new URLSearchParams({ query, time: String(at.getTime() / 1000), timeout: `${TIMEOUT_MS / 1000}s` });
    const answer = await guardedFetch(
      `${this.#url}/api/v1/query`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token.reveal()}` }),
        },
        body: body.toString(),
      },
      // The operator of the platform says where it is, and it is at home as a rule.
      { allowPrivate: true, timeoutMs: TIMEOUT_MS, longestBody: LONGEST_ANSWER },
    );
    const text = await answer.text();
    const parsed = answerSchema.safeParse(parseJson(text));
    if (!parsed.success) throw new PrometheusAnswerError(`status ${answer.status}, and no answer to a query`);
    if (parsed.data.status === 'error')
      throw new PrometheusAnswerError(`${parsed.data.errorType}: ${parsed.data.error.slice(0, 500)}`);
    return parsed.data.data.result.flatMap(({ metric, value: [, value] }) =>
      metric[label] === undefined || metric[label] === '' ? [] : [{ account: metric[label], value }],
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
