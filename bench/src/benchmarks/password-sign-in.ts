import type { Benchmark, BenchmarkContext, Figure, Outcome } from '../benchmark.ts';
import { readKeycloakParameters, readPlatformParameters, timeHash, type HashParameters } from '../password-hash.ts';
import { copyKeycloak, keycloakMissing, startKeycloak, type Keycloak } from '../peers/keycloak.ts';
import { makePerson, signUp, type Person } from '../platform/api.ts';
import { cpuSecondsOfTree, pin } from '../platform/process-tree.ts';
import { withPlatform, type RunningPlatform } from '../platform/running-platform.ts';
import { Child } from '../processes/child.ts';
import type { SignInAnswer, SignInQuestion, SignInWay } from '../processes/sign-in-load.ts';
import { median, sum } from '../statistics.ts';

export const passwordSignIn: Benchmark = {
  name: 'password-sign-in',
  title: 'Sign-in with a password, beside Keycloak',
  description:
    '`POST /api/v1/auth/sign-in/email` over HTTP, which ends with a session; the same and `GET /api/v1/auth/token`, which ends with an access token of that session, signed with RS256; and a direct grant (`grant_type=password`, scope `openid`) of a real Keycloak, which ends with a session and tokens as well, so that the second one is what it is compared with. ' +
    'Each server is bound to one core with its database (PostgreSQL; in Keycloak H2, in its own process), the load generator (8 connections, 64 people in turns) to another one. Short rounds alternate after a warm-up, and each ratio is the median of its rounds. ' +
    'Sign-ins per CPU second count the time of all threads of the server and of its database: argon2id runs beside the JavaScript thread. ' +
    'Nearly all of it is the hash, whose cost the operator chooses, and the two have different defaults; so the hash alone is measured with both, in Node.js, in the same run. Keycloak does not slow down guessing unless told to; the platform does.',
  run,
};

const [serverCore, otherCore] = [0, 1];
const [realm, client] = ['bench', 'bench'];

interface Round {
  readonly answer: SignInAnswer;
  readonly cpu: number;
}

interface Contender {
  readonly way: SignInWay;
  readonly url: string;
  readonly cpu: () => Promise<number>;
  /** How many sign-ins were made before any counted. */
  readonly warmUps: number[];
  readonly rounds: Round[];
}

async function run(context: BenchmarkContext): Promise<Outcome> {
  const people = Array.from({ length: 64 }, makePerson);
  const home = await copyKeycloak(context);
  return withPlatform(context, async (platform) => {
    const keycloak = home === undefined ? undefined : await startKeycloak(context, home, describeRealm(people));
    const load = new Child('sign-in-load', context.environment);
    try {
      for (const person of people) await signUp(platform.url, person);
      const contenders = listContenders(platform, keycloak);
      // A second wrong password within a second makes its person wait.
      for (const [index, { way, url }] of contenders.entries()) await assertRefused(way, url, people[index]!);
      await race(context, { contenders, load, people, warm: true });
      const pinned =
        (await platform.pinApart(serverCore, serverCore)) &&
        (keycloak === undefined || (await pin([keycloak.pid], serverCore))) &&
        (await pin([load.pid], otherCore));
      await race(context, { contenders, load, people, warm: false });
      const parameters = {
        ours: await readPlatformParameters(platform.databaseUrl),
        theirs: keycloak === undefined ? undefined : await readKeycloakParameters(keycloak, realm),
      };
      return { figures: listFigures(contenders, parameters), notes: listNotes(contenders, parameters, pinned) };
    } finally {
      await load.stop();
      await keycloak?.stop();
    }
  });
}

function listContenders(platform: RunningPlatform, keycloak: Keycloak | undefined): Contender[] {
  const cpu = (): Promise<number> => cpuSecondsOfTree(platform.pid);
  const ours = (['session', 'token'] as const).map((way) => ({ way, url: platform.url, cpu, warmUps: [], rounds: [] }));
  if (keycloak === undefined) return ours;
  const url = `${keycloak.url}/realms/${realm}`;
  return [...ours, { way: 'keycloak', url, cpu: () => cpuSecondsOfTree(keycloak.pid), warmUps: [], rounds: [] }];
}

interface Race {
  readonly contenders: readonly Contender[];
  readonly load: Child;
  readonly people: readonly Person[];
  /** Without counting: compilers, of Java above all, need a while. */
  readonly warm: boolean;
}

async function race(context: BenchmarkContext, { contenders, load, people, warm }: Race): Promise<void> {
  const ask = (way: SignInWay, url: string, seconds: number): Promise<SignInAnswer> => {
    const question: SignInQuestion = { way, url, client, people, connections: 8, seconds };
    return load.ask<SignInAnswer>(question);
  };
  const warmUp = (way: SignInWay): number => (context.quick ? 1 : way === 'keycloak' ? 15 : 2);
  if (warm) {
    for (const { way, url, warmUps } of contenders) warmUps.push((await ask(way, url, warmUp(way))).signIns);
    return;
  }
  for (let round = 0; round < (context.quick ? 1 : 5); round += 1) {
    for (const { way, url, cpu, rounds } of contenders) {
      const before = await cpu();
      const answer = await ask(way, url, 2);
      rounds.push({ answer, cpu: (await cpu()) - before });
      context.say(`  ${way.padEnd(8)} ${(answer.signIns / answer.seconds).toFixed(1)} sign-ins/s`);
    }
  }
}

/** A server that takes any password would be fast. */
async function assertRefused(way: SignInWay, url: string, { email }: Person): Promise<void> {
  const password = 'not the password of this person';
  const form = { grant_type: 'password', client_id: client, username: email, password };
  const response =
    way === 'keycloak'
      ? await fetch(`${url}/protocol/openid-connect/token`, { method: 'POST', body: new URLSearchParams(form) })
      : await fetch(`${url}/api/v1/auth/sign-in/email`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        });
  const text = await response.text();
  if (response.ok || !/"authentication\.invalid_credentials"|"Invalid user credentials"/.test(text))
    throw new Error(`${way}: a wrong password was answered with ${response.status}: ${text.slice(0, 300)}`);
}

/** A realm with Keycloak's own defaults, which hashes the passwords as it imports them. */
function describeRealm(people: readonly Person[]) {
  const users = people.map(({ name, email, password }) => ({
    username: email,
    email,
    emailVerified: true,
    firstName: name,
    lastName: name,
    enabled: true,
    credentials: [{ type: 'password', value: password, temporary: false }],
  }));
  const publicClient = { clientId: client, publicClient: true, directAccessGrantsEnabled: true };
  return { realm, enabled: true, sslRequired: 'none', clients: [publicClient], users };
}

interface StoredParameters {
  readonly ours: HashParameters;
  readonly theirs: HashParameters | undefined;
}

function listFigures(contenders: readonly Contender[], { ours, theirs }: StoredParameters): Figure[] {
  const [session, token, keycloak] = contenders as [Contender, Contender, Contender?];
  const perSecond = ({ answer }: Round): number => answer.seconds;
  const perCpuSecond = ({ cpu }: Round): number => cpu;
  const each = (what: string, { rounds }: Contender): Figure[] => {
    const signIns = sum(rounds.map(({ answer }) => answer.signIns));
    return [
      { what: `${what}, on one core`, value: signIns / sum(rounds.map(perSecond)), unit: '/s' },
      { what: `${what}, per CPU second`, value: signIns / sum(rounds.map(perCpuSecond)), unit: '/s' },
    ];
  };
  const own = [...each('Session', session), ...each('Session and access token', token)];
  const hash: Figure = { what: 'One hash with our parameters, CPU', value: timeHash(ours), unit: 'ms' };
  if (keycloak === undefined || theirs === undefined) return [...own, hash];
  const ratio = (of: (round: Round) => number): number =>
    median(
      token.rounds.map((round, index) => {
        const peer = keycloak.rounds[index]!;
        return round.answer.signIns / of(round) / (peer.answer.signIns / of(peer));
      }),
    );
  return [
    ...own,
    ...each('Keycloak, direct grant', keycloak),
    { what: 'Session and access token to Keycloak, on one core', value: ratio(perSecond), unit: '×' },
    { what: 'Session and access token to Keycloak, per CPU second', value: ratio(perCpuSecond), unit: '×' },
    hash,
    { what: "One hash with Keycloak's, CPU", value: timeHash(theirs), unit: 'ms' },
  ];
}

function listNotes(
  [, , keycloak]: readonly Contender[],
  { ours, theirs }: StoredParameters,
  pinned: boolean,
): string[] {
  const describe = ({ memory, passes, parallelism }: HashParameters): string =>
    `m=${memory} KiB, t=${passes}, p=${parallelism}`;
  const aboutPinning = pinned
    ? 'Pinned with taskset.'
    : '**Not pinned**: taskset is missing or the machine has one core, so all processes shared the cores; figures on one core are then not that.';
  if (keycloak === undefined || theirs === undefined) return [keycloakMissing, aboutPinning];
  return [
    `Stored hashes: argon2id, ours ${describe(ours)}, Keycloak's ${describe(theirs)}: each one's default. OWASP lists both as equally strong; ours takes more memory and fewer passes. The ratio is that of the two products as they come; the two hashes in Node.js tell which part of it is the choice of parameters.`,
    `Before the first counted sign-in Keycloak had hashed the 64 passwords of its realm and made ${sum(keycloak.warmUps)} sign-ins.`,
    aboutPinning,
  ];
}
