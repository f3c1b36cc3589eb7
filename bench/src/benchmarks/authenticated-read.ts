import { atLeast, type Benchmark, type BenchmarkContext, type Figure, type Outcome } from '../benchmark.ts';
import { createAccounts, createTenant, type BenchTenant } from '../platform/api.ts';
import { cpuSeconds, pin } from '../platform/process-tree.ts';
import { withPlatform, type RunningPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import type { ReadAnswer } from '../processes/http-load.ts';
import { median, sum } from '../statistics.ts';

export const authenticatedRead: Benchmark = {
  name: 'authenticated-read',
  title: 'Authenticated read of one row',
  description:
    '`GET /api/v1/accounts/:id` through everything the platform does for a request (authentication by API key or bearer token, rate limit, tenant status, row-level security, validation, metrics, trace context) ' +
    'against a bare Fastify + pg handler that runs the same prepared query with the tenant in its WHERE. Both ask the same PostgreSQL with pools of 16. ' +
    'The measured server runs alone on one core; PostgreSQL and the load generator (autocannon, 32 connections, same settings) share the other one. Short rounds alternate after a warm-up, and each ratio is the median of its rounds: other machines on the same host come and go. ' +
    'The first ratio is requests per second; the second one is CPU time of the server process per request, bare to ours, which says the same without the other core having a part in it. The budget applies to both.',
  run,
};

const [serverCore, otherCore] = [0, 1];
const poolSize = 16;

type Contender = 'bare' | 'key' | 'token';

interface Total {
  readonly answers: ReadAnswer[];
  readonly cpu: number[];
}

async function run(context: BenchmarkContext): Promise<Outcome> {
  return withPlatform(context, async (platform) => {
    const bare = new Child('bare-reader', context.environment);
    const load = new Child('http-load', context.environment);
    try {
      const tenant = await createTenant(platform.url);
      const bareUrl = await bare.ask<string>({
        databaseUrl: platform.databaseUrl,
        tenantId: tenant.tenantId,
        poolSize,
      });
      const pinned =
        (await platform.pinApart(serverCore, otherCore)) &&
        (await pin([bare.pid], serverCore)) &&
        (await pin([load.pid], otherCore));
      const totals = await race(context, { platform, bare, bareUrl, load, tenant });
      return summarise(totals, pinned);
    } finally {
      await load.stop();
      await bare.stop();
    }
  });
}

interface Contest {
  readonly platform: RunningPlatform;
  readonly bare: Child;
  readonly bareUrl: string;
  readonly load: Child;
  readonly tenant: BenchTenant;
}

async function race(
  context: BenchmarkContext,
  { platform, bare, bareUrl, load, tenant }: Contest,
): Promise<Record<Contender, Total>> {
  const paths = (await createAccounts(tenant.api, 200)).map((id) => `/api/v1/accounts/${id}`);
  const contenders: Record<Contender, { url: string; pid: number; headers: Record<string, string> }> = {
    bare: { url: bareUrl, pid: bare.pid, headers: {} },
    key: { url: platform.url, pid: platform.pid, headers: { 'x-api-key': tenant.apiKey } },
    token: { url: platform.url, pid: platform.pid, headers: { authorization: `Bearer ${tenant.accessToken}` } },
  };
  await assertSameAnswer(contenders, paths[0] ?? '');
  const totals: Record<Contender, Total> = {
    bare: { answers: [], cpu: [] },
    key: { answers: [], cpu: [] },
    token: { answers: [], cpu: [] },
  };
  const [warmUp, seconds, rounds] = context.quick ? [1, 2, 1] : [4, 2, 15];
  const ask = (name: Contender, duration: number): Promise<ReadAnswer> => {
    const { url, headers } = contenders[name];
    return load.ask({ kind: 'read', url, headers, paths, connections: 32, seconds: duration });
  };
  for (const name of Object.keys(totals) as Contender[]) await ask(name, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(totals) as Contender[]) {
      const before = await cpuSeconds(contenders[name].pid);
      const answer = await ask(name, seconds);
      totals[name].cpu.push((await cpuSeconds(contenders[name].pid)) - before);
      totals[name].answers.push(answer);
      if (answer.failed > 0) throw new Error(`${answer.failed} requests of ${name} failed`);
      context.say(
        `  ${name.padEnd(5)} ${Math.round(answer.requests / answer.seconds)} requests/s, p99 ${answer.p99} ms`,
      );
    }
  }
  return totals;
}

/** The peer must do the same work: its answer is the platform's, field by field. */
async function assertSameAnswer(
  contenders: Record<Contender, { url: string; headers: Record<string, string> }>,
  path: string,
): Promise<void> {
  const bodies = await Promise.all(
    Object.values(contenders).map(async ({ url, headers }) => {
      const response = await fetch(url + path, { headers });
      return JSON.stringify(Object.entries((await response.json()) as object).sort());
    }),
  );
  if (new Set(bodies).size !== 1) throw new Error(`the answers differ:\n${bodies.join('\n')}`);
}

function summarise(totals: Record<Contender, Total>, pinned: boolean): Outcome {
  const rate = ({ answers }: Total): number =>
    sum(answers.map(({ requests }) => requests)) / sum(answers.map(({ seconds }) => seconds));
  const cpuPerRequest = ({ answers, cpu }: Total): number =>
    (sum(cpu) / sum(answers.map(({ requests }) => requests))) * 1e6;
  const busy = ({ answers, cpu }: Total): string =>
    `${Math.round((sum(cpu) / sum(answers.map(({ seconds }) => seconds))) * 100)} %`;
  const { bare, key, token } = totals;
  const rateIn = ({ answers }: Total, round: number): number =>
    (answers[round]?.requests ?? NaN) / (answers[round]?.seconds ?? NaN);
  const cpuIn = ({ answers, cpu }: Total, round: number): number =>
    (cpu[round] ?? NaN) / (answers[round]?.requests ?? NaN);
  const medianOf = (ratio: (round: number) => number): number =>
    median(bare.answers.map((_, round) => ratio(round))) * 100;
  const cpuFigure = (what: string, total: Total): Figure => ({ what, value: cpuPerRequest(total), unit: 'µs' });
  return {
    figures: [
      {
        what: 'With API key, requests per second, ratio to bare',
        value: medianOf((round) => rateIn(key, round) / rateIn(bare, round)),
        unit: '%',
        budget: atLeast(70),
      },
      {
        what: 'With bearer token, requests per second, ratio to bare',
        value: medianOf((round) => rateIn(token, round) / rateIn(bare, round)),
        unit: '%',
        budget: atLeast(70),
      },
      {
        what: 'With API key, CPU per request, bare to ours',
        value: medianOf((round) => cpuIn(bare, round) / cpuIn(key, round)),
        unit: '%',
        budget: atLeast(70),
      },
      {
        what: 'With bearer token, CPU per request, bare to ours',
        value: medianOf((round) => cpuIn(bare, round) / cpuIn(token, round)),
        unit: '%',
        budget: atLeast(70),
      },
      { what: 'Bare', value: rate(bare), unit: '/s' },
      { what: 'With API key', value: rate(key), unit: '/s' },
      { what: 'With bearer token', value: rate(token), unit: '/s' },
      cpuFigure('Bare, CPU per request', bare),
      cpuFigure('With API key, CPU per request', key),
      cpuFigure('With bearer token, CPU per request', token),
    ],
    notes: [
      pinned
        ? 'Pinned with taskset.'
        : '**Not pinned**: taskset is missing or the machine has one core, so all processes shared the cores.',
      `Share of its core that the server used: bare ${busy(bare)}, API key ${busy(key)}, bearer token ${busy(token)}. Below 95 % the other core was the limit, and the requests per second flatter the slower server.`,
    ],
  };
}
