import type { Pool } from 'pg';
import type { EventEnvelope } from '@plinth/contracts';
import { Semaphore } from '../concurrency/semaphore.ts';
import { plainArray } from '../database/array-parameters.ts';
import { translateDatabaseError } from '../database/database.errors.ts';
import type { Logger } from '../logging/logger.ts';
import type { EventDriver } from './event-driver.ts';
import type { OutboxRow } from './outbox.ts';
import { PollingLoop } from './polling-loop.ts';

export interface RelayOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly role: string;
  readonly driver: EventDriver;
  readonly log: Logger;
  readonly pollMs?: number;
  /** Told which events the broker has taken; after a crash some of them a second time. */
  readonly onPublished?: (rows: readonly Pick<OutboxRow, 'type' | 'envelope'>[]) => void;
}

const BATCH = 1000;
// A relay holds one connection and publishing takes another.
const slots = new Semaphore(1);

/**
 * Moves committed events from a service's outbox to the broker, in the order of their transactions. It reads only
 * below the oldest running transaction, so an event whose transaction commits late is never stepped over. A crash
 * between sending and deleting sends again: consumers know an event by its id.
 */
export class OutboxRelay {
  readonly #options: RelayOptions;
  #loop: PollingLoop | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = new PollingLoop({
      name: `event relay of ${this.#options.schema}`,
      everyMs: this.#options.pollMs ?? 500,
      log: this.#options.log,
      work: () => slots.run(() => this.#relay()),
    });
  }

  /** Whether events cannot be handed to the broker at the moment. */
  get isFailing(): boolean {
    return this.#loop?.isFailing ?? false;
  }

  hint(): void {
    this.#loop?.wake();
  }

  async stop(): Promise<void> {
    await this.#loop?.stop();
  }

  async #relay(): Promise<boolean> {
    const { pool, schema, role, driver } = this.#options;
    const client = await pool.connect().catch((error: unknown) => {
      throw translateDatabaseError(error);
    });
    let failure: unknown;
    try {
      await client.query(`BEGIN; SET LOCAL ROLE ${role}`);
      const lock = await client.query(
        `SELECT pg_try_advisory_xact_lock(hashtext('outbox.relay'), hashtext($1)) AS locked`,
        [schema],
      );
      const rows =
        lock.rows[0]?.locked === true
          ? (
              await client.query<{ id: string; topic: string; key: string; type: string; envelope: EventEnvelope }>(
                `SELECT id, topic, key, type, envelope FROM ${schema}.outbox
         WHERE transaction_id < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY transaction_id, sequence LIMIT ${BATCH}`,
              )
            ).rows
          : [];
      if (rows.length > 0) {
        await driver.publish(rows);
        await client.query(`DELETE FROM ${schema}.outbox WHERE id = ANY($1::uuid[])`, [
          plainArray(rows.map((row) => row.id)),
        ]);
      }
      await client.query('COMMIT');
      this.#options.onPublished?.(rows);
      return rows.length === BATCH;
    } catch (error) {
      failure = error;
      await client.query('ROLLBACK').catch(() => {});
      throw translateDatabaseError(error);
    } finally {
      client.release(failure !== undefined);
    }
  }
}
