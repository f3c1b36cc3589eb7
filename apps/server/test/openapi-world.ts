import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, exampleIds } from '@plinth/common';
import { eventually, StripeStandIn } from '@plinth/testing';
import pg from 'pg';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller, cookiesOf } from './api-caller.ts';
import { invitationTo } from './mail-folder.ts';
import { ExampleIds } from './openapi-examples.ts';

const password = 'correct horse battery staple';
const operatorEmail = 'operator@example.com';

// Tests read what they expect; a wrong shape fails their assertion.
// oxlint-disable-next-line no-explicit-any
export type Body = any;

/** Who sends an example: the owner of Acme, in no tenant or its sandbox, a colleague with limits, the operator, or nobody. */
export type CallerName = 'owner' | 'newcomer' | 'sandbox' | 'agent' | 'operator' | 'anybody';

interface Started {
  readonly platform: Platform;
  readonly owner: ApiCaller;
  readonly operator: ApiCaller;
  /** Folder that the platform writes its mails to. */
  readonly mails: string;
  readonly stop: () => Promise<void>;
}

/** A platform with the outside that examples need: a payment gateway and a Prometheus. */
export class OpenApiWorld {
  readonly ids = new ExampleIds();
  readonly #started: Started;
  #agent: ApiCaller | undefined;

  private constructor(started: Started) {
    this.#started = started;
  }

  static async start(): Promise<OpenApiWorld> {
    const directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
    await chmod(directory, 0o755);
    const stripe = new StripeStandIn();
    const prometheus = await startPrometheus();
    const platform = await startPlatform({
      port: 0,
      dataDirectory: join(directory, 'data'),
      environment: {
        PLINTH_JOBS: 'false',
        PLINTH_RATE_LIMIT_FACTOR: '1000',
        IAM_INITIAL_ADMIN_EMAIL: operatorEmail,
        IAM_INITIAL_ADMIN_PASSWORD: password,
        IAM_EMAIL_VERIFICATION: 'optional',
        METERING_PROMETHEUS_URL: `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`,
        SUBSCRIPTION_STRIPE_URL: await stripe.start(),
      },
      log: createLogger({ level: 'silent' }),
    });
    const owner = await ApiCaller.signUp(platform.url, 'ada@example.com', password);
    const signIn = { email: operatorEmail, password };
    const signedIn = await new ApiCaller(platform.url).send('POST', '/auth/sign-in/email', signIn);
    const operator = new ApiCaller(platform.url, { cookie: cookiesOf(signedIn) });
    const stop = async (): Promise<void> => {
      await platform.stop();
      await stripe.stop();
      prometheus.closeAllConnections();
      await new Promise((resolve) => prometheus.close(resolve));
      await rm(directory, { recursive: true, force: true, maxRetries: 20 });
    };
    return new OpenApiWorld({ platform, owner, operator, mails: join(directory, 'data', 'mail'), stop });
  }

  get url(): string {
    return this.#started.platform.url;
  }

  stop(): Promise<void> {
    return this.#started.stop();
  }

  caller(name: CallerName): ApiCaller {
    if (name === 'anybody') return new ApiCaller(this.url);
    if (name === 'newcomer') return this.#started.owner;
    if (name === 'operator') return this.#started.operator;
    const tenant = this.ids.fill(name === 'sandbox' ? exampleIds.sandbox : exampleIds.tenant);
    const person = name === 'agent' ? this.#agent : this.#started.owner;
    if (person === undefined) throw new Error('no agent was hired yet');
    return person.with({ 'x-tenant-id': tenant });
  }

  /** Until a request is answered with 200, and with what is looked for; what follows an event takes a moment. */
  async waitFor(name: CallerName, path: string, isThere: (body: Body) => boolean = () => true): Promise<void> {
    await eventually(async () => {
      const answer = await this.caller(name).send('GET', path);
      return answer.status === 200 && isThere(answer.body) ? true : undefined;
    });
  }

  /** Adds a member to Acme who leads disputes, within limits of the permission `limit:support`. */
  async hireAgent(): Promise<void> {
    const owner = this.caller('owner');
    const email = 'grace@example.com';
    const agent = await ApiCaller.signUp(this.url, email, password);
    await this.#query(`UPDATE auth.users SET email_verified_at = now() WHERE email = $1`, [email]);
    await owner.expect('POST', '/invitations', { email, roles: ['org_member'] });
    await agent.expect('POST', '/auth/invitations/accept', { token: await invitationTo(this.#started.mails, email) });
    const { id: userId } = await agent.expect('GET', '/users/me');
    await owner.expect('POST', '/permissions', { name: 'limit:support' });
    const permissions = ['dispute:read', 'dispute:write', 'payment:refund', 'credit:write', 'limit:support'];
    await owner.expect('POST', '/roles', { name: 'support', title: 'Support', permissions });
    await owner.expect('POST', '/roles/assignments', { userId, role: 'support' });
    this.#agent = agent;
    this.ids.set(exampleIds.agent, userId);
    await this.waitFor('agent', '/disputes');
  }

  /** Lets the sandbox's time stand at an instant, so that examples about it keep their dates. */
  async stopSandboxAt(instant: string): Promise<void> {
    const tenant = this.ids.fill(exampleIds.sandbox);
    await this.#query(`UPDATE tenant.tenants SET test_clock = $2 WHERE id = $1`, [tenant, instant]);
    await this.waitFor('sandbox', '/subscriptions/clock', ({ testClock }) => testClock === instant);
  }

  async #query(sql: string, values: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.#started.platform.databaseUrl.reveal() });
    await client.connect();
    await client.query(sql, [...values]).finally(() => client.end());
  }
}

/** Measured 100 for the account globex, whatever it is asked. */
async function startPrometheus(): Promise<Server> {
  const vector = [{ metric: { account: 'globex' }, value: [1738368000, '100'] }];
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result: vector } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
