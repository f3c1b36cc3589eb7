import { createHash } from 'node:crypto';

/** Every log has the same source: the same lines under another file name are the same events. */
export const eventSource = 'urn:plinth:access-log';

/**
 * Id of the event of one line: the line's SHA-256 with its number among identical lines of the file, counted from 1.
 * Two requests that were logged alike stay two, and a second import of the file finds the same ids.
 */
export function eventId(digest: Uint8Array, occurrence: number): string {
  const hex = Buffer.from(digest).toString('hex');
  return occurrence === 1 ? hex : `${hex}-${occurrence}`;
}

/** SHA-256 of a line as bytes. */
export function digestLine(line: string): Buffer {
  return createHash('sha256').update(line, 'latin1').digest();
}

/**
 * Counts identical lines in 16 bytes for each different one, so that a log of any length can be read. It knows a line
 * by a part of its digest: should two lines ever share it, the second one's number is 2, in every import alike.
 */
export class LineOccurrences {
  #slots = new Uint32Array(2048 * 4);
  #used = 0;

  /** The number of this line among the identical ones so far. */
  next(digest: Uint8Array): number {
    if (this.#used * 2 >= this.#slots.length / 4) this.#grow();
    const view = new DataView(digest.buffer, digest.byteOffset);
    const slot = findSlot(this.#slots, [view.getUint32(0), view.getUint32(4), view.getUint32(8)]);
    if (this.#slots[slot + 3] === 0) this.#used += 1;
    return (this.#slots[slot + 3]! += 1);
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 4) {
      if (old[from + 3] === 0) continue;
      const to = findSlot(this.#slots, [old[from]!, old[from + 1]!, old[from + 2]!]);
      this.#slots[to + 3] = old[from + 3]!;
    }
  }
}

type Key = readonly [number, number, number];

/** Where a key is, or where it goes: its words are written there, its count stays. Open addressing, linear probing. */
function findSlot(slots: Uint32Array, [first, second, third]: Key): number {
  const mask = slots.length / 4 - 1;
  for (let index = first & mask; ; index = (index + 1) & mask) {
    const slot = index * 4;
    if (slots[slot + 3] === 0) {
      slots.set([first, second, third], slot);
      return slot;
    }
    if (slots[slot] === first && slots[slot + 1] === second && slots[slot + 2] === third) return slot;
  }
}
