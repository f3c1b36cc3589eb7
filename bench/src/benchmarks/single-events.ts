import { atLeast, type Benchmark, type BenchmarkContext, type Outcome } from '../benchmark.ts';
import { createAccounts, createTenant } from '../platform/api.ts';
import { withPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import type { PostAnswer } from '../processes/http-load.ts';
import { median, percentile } from '../statistics.ts';
import { assertStored } from '../stored-events.ts';
import { batchSize, countDistinct, meters } from '../usage-events.ts';
import { withoutLoad, withoutLoadMeaning } from '../without-load.ts';

const connections = 64;

export const singleEvents: Benchmark = {
  name: 'single-events',
  title: 'Ingestion of single events',
  description:
    `\`POST /api/v1/usage/events\` with one CloudEvent in each request over ${connections} connections: authenticated, checked, deduplicated, counted into roll-ups and durable before the answer; one event in twenty is a repetition. ` +
    'The median of several rounds after a warm-up counts. ' +
    `${withoutLoadMeaning} Afterwards the stored events are counted: each must be there once.`,
  run,
};

async function run(context: BenchmarkContext): Promise<Outcome> {
  // Of a hundred events each, as the batches of the other benchmarks: their events are the same.
  const [warmUp, batches, rounds] = context.quick ? [20, 50, 1] : [300, 400, 5];
  return withPlatform(context, async (platform) => {
    const load = new Child('http-load', context.environment);
    try {
      const { api, tenantId } = await createTenant(platform.url);
      for (const meter of meters) await api.post('/metering/meters', meter);
      const accounts = (await createAccounts(api, 1000)).map((_, index) => `customer-${index}`);
      const ingest = async (name: string, amount: number): Promise<PostAnswer> => {
        const question = { kind: 'ingest', single: true, url: platform.url, headers: api.headers, connections };
        const content = { batches: amount, run: name, accounts, time: new Date() };
        const answer = await load.ask<PostAnswer>({ ...question, ...content });
        if (answer.failed > 0) throw new Error(`${answer.failed} requests failed: ${answer.failure}`);
        return answer;
      };
      await ingest('warm-up', warmUp);
      const answers: PostAnswer[] = [];
      for (let round = 0; round < rounds; round += 1) {
        answers.push(await ingest(`round-${round}`, batches));
        context.say(`  ${Math.round((batches * batchSize) / answers.at(-1)!.seconds)} events/s`);
      }
      const sent = countDistinct(warmUp) + rounds * countDistinct(batches);
      await assertStored(platform.databaseUrl, tenantId, sent);
      const latencies = answers.flatMap((answer) => [...answer.latencies]);
      const rate = (seconds: readonly number[]): number => (batches * batchSize) / median(seconds);
      return {
        figures: [
          {
            what: 'Single events per second over HTTP, the load generator counted out',
            value: rate(answers.map(withoutLoad)),
            unit: '/s',
            budget: atLeast(5000),
          },
          { what: 'With the load generator', value: rate(answers.map(({ seconds }) => seconds)), unit: '/s' },
          { what: 'A single event, median', value: percentile(latencies, 0.5), unit: 'ms' },
          { what: 'A single event, p99', value: percentile(latencies, 0.99), unit: 'ms' },
        ],
        notes: [
          `${sent.toLocaleString('en-US')} different events were sent, and every one of them was found stored and counted once.`,
        ],
      };
    } finally {
      await load.stop();
    }
  });
}
