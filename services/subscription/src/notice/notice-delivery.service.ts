import {
  classifyMailFailure,
  decodeCursor,
  newId,
  runInContext,
  toPage,
  type Clock,
  type Database,
  type JobDefinition,
  type Logger,
  type Mail,
  type MailTransport,
  type Page,
  type TenantClock,
} from '@plinth/common';
import { z } from 'zod';
import type { NoticeContents } from './notice-content.service.ts';
import * as store from './notice.store.ts';
import { nextAttempt, type Notice } from './notice.ts';

export interface NoticeDeliveryOptions {
  readonly database: Database;
  /** Of the process: mail servers do not wait for a sandbox's time. */
  readonly clock: Clock;
  readonly tenantClock: TenantClock;
  readonly log: Logger;
  readonly transport: MailTransport;
  readonly contents: NoticeContents;
}

export interface NoticeQuery extends store.NoticeFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Longer than composing and handing over a mail takes; what nobody wrote down by then was interrupted. */
const claimMs = 5 * 60_000;
const mostReason = 500;

/** Sends what waits behind the commits that asked for it, each at most once, and keeps who got what when. */
export class NoticeDeliveryService {
  readonly #options: NoticeDeliveryOptions;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: NoticeDeliveryOptions) {
    this.#options = options;
  }

  get delivers(): boolean {
    return this.#options.transport.delivers;
  }

  /** Sends again what a mail server was not there for, every minute. */
  get job(): JobDefinition {
    return { name: 'subscription.send-notices', schedule: '* * * * *', run: () => this.flush() };
  }

  async list(tenantId: string, { limit, cursor, ...filter }: NoticeQuery): Promise<Page<Notice>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listNotices(transaction, filter, before, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (notice) => notice,
    );
  }

  /** Sends everything that is due. Calls that come meanwhile share one more run. */
  flush(): Promise<void> {
    if (!this.delivers || this.#stopped) return Promise.resolve();
    this.#again = this.#running !== undefined;
    this.#running ??= this.#sendDue()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'waiting notices could not be sent'))
      .then(() => {
        this.#running = undefined;
        return this.#again ? this.flush() : undefined;
      });
    return this.#running;
  }

  /** Begins no further mail and waits for the one that is being sent. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #sendDue(): Promise<void> {
    const { database, clock } = this.#options;
    while (!this.#stopped) {
      const now = clock.now();
      const claimed = await database.apart(() =>
        database.platformTransaction((transaction) =>
          store.claimNotice(transaction, now, new Date(now.getTime() + claimMs)),
        ),
      );
      if (claimed === undefined) return;
      await this.#sendOne(claimed);
    }
  }

  async #sendOne({ tenantId, ...notice }: store.ClaimedNotice): Promise<void> {
    const { database, tenantClock } = this.#options;
    const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
    await runInContext({ requestId: newId(), principal }, () =>
      database.apart(async () => {
        // A process ended while it handed the mail over: sent again, it might come twice.
        if (notice.status === 'sending')
          return this.#end(tenantId, notice, { status: 'unknown', reason: 'interrupted' });
        try {
          await tenantClock.load(tenantId);
          const composed = await this.#options.contents.compose(tenantId, notice);
          if ('skipped' in composed) await this.#end(tenantId, notice, { status: 'skipped', reason: composed.skipped });
          else await this.#handOver(tenantId, { ...notice, language: composed.language }, composed.mail);
        } catch (error) {
          await this.#postpone(tenantId, notice, error);
        }
      }),
    );
  }

  /** That it is being sent is on record before the mail server is asked. */
  async #handOver(tenantId: string, notice: Notice, mail: Mail): Promise<void> {
    const { transport, clock } = this.#options;
    const sending: Notice = { ...notice, status: 'sending', recipient: mail.to, subject: mail.subject };
    await this.#save(tenantId, sending);
    try {
      await transport.send(mail);
    } catch (error) {
      const failure = classifyMailFailure(error);
      if (failure === 'passing') await this.#postpone(tenantId, sending, error);
      else await this.#end(tenantId, sending, { status: failure, reason: describe(error) });
      return;
    }
    await this.#end(tenantId, sending, { status: 'sent', reason: null, sentAt: clock.now() });
  }

  /** Tries again later what surely did not go out, for a day. */
  async #postpone(tenantId: string, notice: Notice, error: unknown): Promise<void> {
    const { clock, log } = this.#options;
    const next = nextAttempt(notice, clock.now());
    log.warn({ err: error, tenantId, noticeId: notice.id, givenUp: next === undefined }, 'a notice was not sent');
    const reason = describe(error);
    if (next === undefined) await this.#end(tenantId, notice, { status: 'refused', reason });
    else await this.#save(tenantId, { ...notice, status: 'pending', reason, nextAttemptAt: next });
  }

  async #end(
    tenantId: string,
    before: Notice,
    outcome: Pick<Notice, 'status' | 'reason'> & Partial<Pick<Notice, 'sentAt'>>,
  ): Promise<void> {
    const after: Notice = { ...before, ...outcome, nextAttemptAt: null };
    const { kind, accountId, invoiceId, status, reason, recipient, subject } = after;
    await this.#options.database.transaction(tenantId, async (transaction) => {
      await store.updateNotice(transaction, after);
      transaction.audit({
        action: `notice.${status}`,
        resourceType: 'notice',
        resourceId: after.id,
        after: { kind, accountId, invoiceId, status, reason, recipient, subject },
      });
    });
  }

  async #save(tenantId: string, notice: Notice): Promise<void> {
    await this.#options.database.transaction(tenantId, (transaction) => store.updateNotice(transaction, notice));
  }
}

function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, mostReason);
}
