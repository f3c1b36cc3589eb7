import { iamContract, type ContractFunctions, type Principal } from '@plinth/contracts';
import { createLogger } from '@plinth/common';
import {
  Authentication,
  createBackend,
  loadConfiguration,
  loadServices,
  serviceNames,
  TokenVerifier,
  trustEmbeddedIssuer,
  type Backend,
} from '@plinth/server';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { cpuSecondsBelow } from '../platform/process-tree.ts';
import { sum } from '../statistics.ts';
import { answerParent } from './answer-parent.ts';

/** Opens the services of a platform that runs, beside it, in this process. */
export interface OpenQuestion {
  readonly kind: 'open';
  readonly dataDirectory: string;
  readonly databaseUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The process below which PostgreSQL runs. */
  readonly platformPid: number;
  readonly tokens: readonly string[];
  readonly keys: readonly string[];
}

/** `signature`: a new token whose look-up costs nothing; `first`: the credential is new to the gateway; `again`: it was checked more than a second ago; `remembered`: just now. */
export type CheckWay = 'jose' | 'token-signature' | `${'token' | 'key'}-${'first' | 'again' | 'remembered'}`;

/** Checks all credentials, over and over. */
export interface CheckQuestion {
  readonly kind: 'check';
  readonly way: CheckWay;
  readonly passes: number;
}

export interface CheckAnswer {
  readonly checks: number;
  /** CPU seconds of this process, and of PostgreSQL. */
  readonly cpu: number;
  readonly databaseCpu: number;
}

interface Opened extends OpenQuestion {
  readonly backend: Backend;
  /** The gateway with nothing remembered but the issuer's keys; it reads the time from `clock`. */
  readonly makeGateway: (clock: { time: number }, identity?: Identity) => Authentication;
  /** The same iam, which is asked once for each subject. */
  readonly rememberingIdentity: Identity;
  readonly verifyPlainly: (token: string) => Promise<unknown>;
}

type Identity = ContractFunctions<typeof iamContract>;

const inFlight = 16;
let opened: Opened | undefined;
let addresses = 0;

answerParent(
  async (question: OpenQuestion | CheckQuestion): Promise<CheckAnswer | undefined> => {
    if (question.kind === 'check') return check(opened!, question);
    opened = await open(question);
    await assertSound(opened);
    return undefined;
  },
  async () => opened?.backend.stop(),
);

async function open(question: OpenQuestion): Promise<Opened> {
  const log = createLogger({ level: 'warn' });
  const issuer = decodeJwt(question.tokens[0] ?? '').iss ?? '';
  const publicUrl = new URL(issuer).origin;
  const definitions = await loadServices(serviceNames);
  const configuration = await loadConfiguration(definitions, question.environment, question.dataDirectory);
  const runtimeUrl = new URL(question.databaseUrl);
  runtimeUrl.username = 'plinth_app';
  runtimeUrl.password = configuration.localDatabasePassword?.reveal() ?? '';
  const backend = await createBackend({
    definitions,
    configuration,
    runtimeUrl: runtimeUrl.href,
    publicUrl,
    dataDirectory: question.dataDirectory,
    log,
  });
  const identity = backend.contracts.client(iamContract);
  const trusted = trustEmbeddedIssuer(issuer, identity, { now: Date.now, log });
  const keySet = createLocalJWKSet((await identity.listSigningKeys({})) as unknown as JSONWebKeySet);
  const rules = { ...trusted.rules, issuer, requiredClaims: ['exp', 'sub'] };
  return {
    ...question,
    backend,
    rememberingIdentity: rememberSubjects(identity),
    verifyPlainly: (token) => jwtVerify(token, keySet, rules),
    makeGateway(clock, asked = identity) {
      const now = (): number => clock.time;
      return new Authentication({
        identity,
        now,
        tokens: new TokenVerifier({ issuers: [trusted], identity: asked, now }),
        internalSecret: configuration.internalSecret,
        acceptInternalTokens: false,
        isAllowedOrigin: () => false,
        publicOrigin: publicUrl,
        signIn: undefined,
      });
    },
  };
}

function rememberSubjects(identity: Identity): Identity {
  const subjects = new Map<string | undefined, ReturnType<Identity['resolveSubject']>>();
  const resolveSubject: Identity['resolveSubject'] = (token) => {
    const known = subjects.get(token.session) ?? identity.resolveSubject(token);
    subjects.set(token.session, known);
    return known;
  };
  return Object.assign(Object.create(identity) as Identity, { resolveSubject });
}

type Present = (credential: string, ip: string) => Principal | undefined | Promise<Principal | undefined>;

function present(gateway: Authentication, kind: 'token' | 'key'): Present {
  return (credential, ip) => {
    const headers = kind === 'token' ? { authorization: `Bearer ${credential}` } : { 'x-api-key': credential };
    return gateway.authenticate({ method: 'GET', headers, ip, protocol: 'http', host: 'bench.localhost' }, 'account');
  };
}

/** What is fast must also be right: everybody is known, and one changed letter makes nobody of them. */
async function assertSound({ makeGateway, tokens, keys }: Opened): Promise<void> {
  for (const [kind, credentials, wanted] of [
    ['token', tokens, 'user'],
    ['key', keys, 'api-key'],
  ] as const) {
    const ask = present(makeGateway({ time: Date.now() }), kind);
    for (const credential of credentials) {
      const principal = await ask(credential, '192.0.2.1');
      if (principal?.kind !== wanted) throw new Error(`a ${kind} was taken for ${principal?.kind}`);
      const forged = credential.slice(0, -10) + (credential.at(-10) === 'x' ? 'y' : 'x') + credential.slice(-9);
      const refused = await Promise.resolve()
        .then(() => ask(forged, '192.0.2.1'))
        .then(
          () => false,
          () => true,
        );
      if (!refused) throw new Error(`a forged ${kind} was accepted`);
    }
  }
}

async function check(sut: Opened, { way, passes }: CheckQuestion): Promise<CheckAnswer> {
  const [kind, when] = way === 'jose' ? (['token', 'jose'] as const) : (way.split('-') as ['token' | 'key', string]);
  const credentials = kind === 'token' ? sut.tokens : sut.keys;
  const clock = { time: Date.now() };
  const address = (): string => `198.18.${(addresses >> 8) & 255}.${addresses & 255}`;
  if (when === 'jose' || when === 'signature' || when === 'first') {
    const identity = when === 'signature' ? sut.rememberingIdentity : undefined;
    return measure(sut, credentials.length * passes, async () => {
      for (let pass = 0; pass < passes; pass += 1) {
        addresses += 1;
        const ask = when === 'jose' ? sut.verifyPlainly : present(sut.makeGateway(clock, identity), kind);
        await checkAll(credentials, (credential) => ask(credential, address()));
      }
    });
  }
  const ask = present(sut.makeGateway(clock), kind);
  const ip = address();
  await checkAll(credentials, (credential) => ask(credential, ip));
  if (when === 'remembered') return checkRemembered(sut, credentials, passes, (credential) => ask(credential, ip));
  return measure(sut, credentials.length * passes, async () => {
    for (let pass = 0; pass < passes; pass += 1) {
      clock.time += 1001;
      await checkAll(credentials, (credential) => ask(credential, ip));
    }
  });
}

/** Each request brings its credential as a string of its own, which nobody has hashed yet; they are made off the clock. */
async function checkRemembered(
  sut: Opened,
  credentials: readonly string[],
  passes: number,
  ask: (credential: string) => unknown,
): Promise<CheckAnswer> {
  const answers: CheckAnswer[] = [];
  for (let pass = 0; pass < passes; pass += 200) {
    const copies = Array.from({ length: 200 }, () =>
      credentials.map((one) => Buffer.from(one).toString('latin1')),
    ).flat();
    const work = async (): Promise<void> => {
      for (const copy of copies) if (ask(copy) instanceof Promise) throw new Error('a credential was not remembered');
    };
    answers.push(await measure(sut, copies.length, work));
  }
  return {
    checks: sum(answers.map(({ checks }) => checks)),
    cpu: sum(answers.map(({ cpu }) => cpu)),
    databaseCpu: 0,
  };
}

/** Some at a time, as requests come. */
async function checkAll(credentials: readonly string[], ask: (credential: string) => unknown): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < credentials.length) await ask(credentials[next++]!);
  };
  await Promise.all(Array.from({ length: inFlight }, work));
}

async function measure({ platformPid }: Opened, checks: number, work: () => Promise<void>): Promise<CheckAnswer> {
  const databaseBefore = await cpuSecondsBelow(platformPid);
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { checks, cpu: (user + system) / 1e6, databaseCpu: (await cpuSecondsBelow(platformPid)) - databaseBefore };
}
