import type { Benchmark, BenchmarkContext, Figure, Outcome } from '../benchmark.ts';
import { createApiKey, createTenant, issueToken } from '../platform/api.ts';
import { platformVariables, withPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import type { CheckAnswer, CheckQuestion, CheckWay, OpenQuestion } from '../processes/credential-checker.ts';
import { median, sum } from '../statistics.ts';

export const credentialVerification: Benchmark = {
  name: 'credential-verification',
  title: 'Verification of access tokens and API keys',
  description:
    "The gateway's authentication in process, without HTTP, on the services and the PostgreSQL of a real platform: access tokens of 32 sessions and 32 API keys, 16 in flight. " +
    'First sight of a token, with the keys of its issuer cached, is its RS256 signature, its claims, and the look-up of its session in the database. A second later the session is looked up again, the signature is not. Within the second nothing is asked. ' +
    'First sight of an API key is its checksum, its hash, whether its address has to wait for guessing, and the look-up of key and owner; a second later the key is looked up again. ' +
    'All are given per second of CPU time, which is per second per core: that of all threads of the process (signatures are verified beside the JavaScript thread), together with that of PostgreSQL. ' +
    'Beside them plain jose: `jwtVerify` of the same tokens with the same rules and a local key set, in turns in the same process. For the comparison the gateway verifies them at first sight while the look-up is answered from memory.',
  run,
};

const ways: readonly CheckWay[] = [
  'jose',
  'token-signature',
  'token-first',
  'token-again',
  'token-remembered',
  'key-first',
  'key-again',
  'key-remembered',
];
// A token is verified anew after half a minute, so that nothing is looked up again more than 25 times.
const passesOf = (way: CheckWay): number => (way.endsWith('remembered') ? 4000 : 25);

type Rounds = Readonly<Record<CheckWay, CheckAnswer[]>>;

async function run(context: BenchmarkContext): Promise<Outcome> {
  return withPlatform(context, async (platform) => {
    const checker = new Child('credential-checker', context.environment);
    try {
      const tenant = await createTenant(platform.url);
      const [tokens, keys]: [string[], string[]] = [[], []];
      for (let index = 0; index < 32; index += 1) {
        tokens.push(await issueToken(platform.url, tenant));
        keys.push(await createApiKey(tenant.session));
      }
      const { dataDirectory, databaseUrl, pid } = platform;
      const place = { dataDirectory, databaseUrl, platformPid: pid, environment: platformVariables };
      await checker.ask({ kind: 'open', ...place, tokens, keys } satisfies OpenQuestion);
      const rounds = Object.fromEntries(ways.map((way) => [way, [] as CheckAnswer[]])) as Rounds;
      // The first round warms up.
      for (let round = 0; round <= (context.quick ? 1 : 8); round += 1) {
        for (const way of ways) {
          const question: CheckQuestion = { kind: 'check', way, passes: passesOf(way) };
          const answer = await checker.ask<CheckAnswer>(question);
          if (round > 0) rounds[way].push(answer);
        }
      }
      return summarise(rounds);
    } finally {
      await checker.stop();
    }
  });
}

function summarise(rounds: Rounds): Outcome {
  const rate = (way: CheckWay): number =>
    sum(rounds[way].map(({ checks }) => checks)) / sum(rounds[way].map(({ cpu, databaseCpu }) => cpu + databaseCpu));
  const cost = (way: CheckWay, round: number): number =>
    (rounds[way][round]?.cpu ?? NaN) / (rounds[way][round]?.checks ?? NaN);
  const medianOf = (value: (round: number) => number): number => median(rounds.jose.map((_, round) => value(round)));
  const databaseShare = (way: CheckWay): string => {
    const [own, database] = [sum(rounds[way].map(({ cpu }) => cpu)), sum(rounds[way].map((one) => one.databaseCpu))];
    return `${Math.round((database / (own + database)) * 100)} %`;
  };
  const figure = (what: string, way: CheckWay): Figure => ({ what, value: rate(way), unit: '/s' });
  const toJose = (what: string, way: CheckWay): Figure => ({
    what,
    value: medianOf((round) => cost('jose', round) / cost(way, round)),
    unit: '×',
  });
  return {
    figures: [
      figure('Plain jose, `jwtVerify`', 'jose'),
      figure('Token at first sight', 'token-first'),
      figure('Token after a second', 'token-again'),
      figure('Token within the second', 'token-remembered'),
      figure('Token at first sight without the look-up', 'token-signature'),
      {
        what: 'Token at first sight without the look-up, to plain jose',
        value: medianOf((round) => cost('jose', round) / cost('token-signature', round)) * 100,
        unit: '%',
      },
      toJose('Token within the second, to plain jose', 'token-remembered'),
      figure('API key at first sight', 'key-first'),
      figure('API key after a second', 'key-again'),
      figure('API key within the second', 'key-remembered'),
      toJose('API key within the second, to plain jose', 'key-remembered'),
    ],
    notes: [
      `PostgreSQL's part of the CPU time: token at first sight ${databaseShare('token-first')}, after a second ${databaseShare('token-again')}; API key at first sight ${databaseShare('key-first')}, after a second ${databaseShare('key-again')}.`,
    ],
  };
}
