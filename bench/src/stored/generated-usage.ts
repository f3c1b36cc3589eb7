import { keyOf, uuidVersion7 } from '../usage-events.ts';
import type { BinaryRows } from './binary-rows.ts';

/** What is generated; the first account has `heavyShare` of all events. */
export interface GeneratedUsage {
  readonly tenantId: string;
  readonly accounts: readonly string[];
  readonly heavyShare: number;
  readonly from: Date;
  readonly to: Date;
  readonly events: number;
  /** The series of the meter that counts calls, and of the one that sums bytes. */
  readonly series: readonly [calls: string, bytes: string];
}

const source = '/bench';
const types = ['api_call', 'egress_bytes'] as const;
const windowMicroseconds = 900_000_000;
const year2000 = Date.UTC(2000, 0, 1);

/**
 * Usage by its number: account, time (ascending), type and bytes follow from it. What it adds to the windows is added
 * up on the way, so that rows and roll-ups are consistent.
 */
export class UsageGenerator {
  readonly #usage: GeneratedUsage;
  readonly #tenant: Buffer;
  readonly #accounts: readonly Buffer[];
  readonly #series: readonly Buffer[];
  readonly #from: number;
  readonly #step: number;
  readonly #counts: Float64Array;
  readonly #bytes: Float64Array;
  #window: number;
  #windows = 0;

  constructor(usage: GeneratedUsage) {
    this.#usage = usage;
    this.#tenant = uuidBytes(usage.tenantId);
    this.#accounts = usage.accounts.map(uuidBytes);
    this.#series = usage.series.map(uuidBytes);
    this.#from = (usage.from.getTime() - year2000) * 1000;
    this.#step = ((usage.to.getTime() - usage.from.getTime()) * 1000) / (usage.events + 1);
    this.#counts = new Float64Array(usage.accounts.length * types.length);
    this.#bytes = new Float64Array(usage.accounts.length);
    this.#window = Math.floor(this.timeOf(1) / windowMicroseconds) * windowMicroseconds;
  }

  /** Rows of windows so far. */
  get windows(): number {
    return this.#windows;
  }

  /** Microseconds since 2000. */
  timeOf(number: number): number {
    return this.#from + Math.floor(this.#step * number);
  }

  /** Writes an event with its key, and the windows that ended before it. Numbers must come in order, from 1. */
  write(number: number, { events, keys, windows }: Record<'events' | 'keys' | 'windows', BinaryRows>): void {
    const time = this.timeOf(number);
    if (time >= this.#window + windowMicroseconds) this.closeWindow(windows, time);
    const account = this.#chooseAccount(number);
    const type = number % types.length;
    const bytes = 100 + (number % 5000);
    this.#counts[account * types.length + type]! += 1;
    if (type === 1) this.#bytes[account]! += bytes;
    const id = idOf(number, time);
    // As the platform does: an event that is sent again is found to be a repetition.
    const digits = keyOf(source, id);
    keys.row(2);
    keys.uuid(this.#tenant);
    keys.hexUuid(digits);
    events.row(8);
    events.uuid(this.#tenant);
    events.hexUuid(digits);
    events.text(source);
    events.text(id);
    events.text(types[type]!);
    events.uuid(this.#accounts[account]!);
    events.integer(time);
    events.text(`{"bytes":${bytes}}`);
  }

  /** Writes the windows that are open; the next ones hold `time`. */
  closeWindow(windows: BinaryRows, time: number): void {
    for (const [slot, count] of this.#counts.entries()) {
      if (count === 0) continue;
      const [account, type] = [Math.floor(slot / types.length), slot % types.length];
      windows.row(6);
      windows.uuid(this.#tenant);
      windows.uuid(this.#accounts[account]!);
      windows.uuid(this.#series[type]!);
      windows.integer(this.#window);
      windows.integer(count);
      windows.numeric(type === 1 ? this.#bytes[account]! : 0);
      this.#windows += 1;
    }
    this.#counts.fill(0);
    this.#bytes.fill(0);
    this.#window = Math.floor(time / windowMicroseconds) * windowMicroseconds;
  }

  #chooseAccount(number: number): number {
    const random = scatter(number);
    if (random < this.#usage.heavyShare * 2 ** 32) return 0;
    return 1 + (scatter(random ^ number) % (this.#accounts.length - 1));
  }
}

/** The event of a number as a client would send it; its account is the heavy one, which its identity does not show. */
export function describeEvent(usage: GeneratedUsage, number: number): object {
  const [type, time] = [types[number % types.length], usage.to.toISOString()];
  const id = idOf(number, new UsageGenerator(usage).timeOf(number));
  const data = { bytes: 100 + (number % 5000) };
  return { specversion: '1.0', id, source, type, subject: usage.accounts[0], time, data };
}

/** A UUID of version 7 of the event's own time, in microseconds since 2000. */
function idOf(number: number, time: number): string {
  const digits = scatter(number).toString(16).padStart(8, '0') + number.toString(16).padStart(10, '0');
  return uuidVersion7(year2000 + Math.floor(time / 1000), digits);
}

/** Any number to 32 bits without a pattern (the last steps of MurmurHash3). */
function scatter(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
