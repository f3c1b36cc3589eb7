import { z } from 'zod';

/** Identifier of anything that Plinth creates: a UUID, version 7 when made by us (RFC 9562). */
export const idSchema = z.uuid().describe('UUIDv7');

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Formats a UUIDv7 (RFC 9562, section 5.7) from a time in milliseconds and 10 random bytes.
 * Pure: the caller supplies clock and randomness.
 */
export function formatUuidV7(milliseconds: number, random: Uint8Array): string {
  const high = Math.floor(milliseconds / 0x1_0000);
  const low = milliseconds % 0x1_0000;
  const at = (index: number): number => random[index] ?? 0;
  const byte = (value: number): string => hex[value & 0xff] ?? '00';
  return (
    byte(high >>> 24) +
    byte(high >>> 16) +
    byte(high >>> 8) +
    byte(high) +
    '-' +
    byte(low >>> 8) +
    byte(low) +
    '-' +
    byte(0x70 | (at(0) & 0x0f)) +
    byte(at(1)) +
    '-' +
    byte(0x80 | (at(2) & 0x3f)) +
    byte(at(3)) +
    '-' +
    byte(at(4)) +
    byte(at(5)) +
    byte(at(6)) +
    byte(at(7)) +
    byte(at(8)) +
    byte(at(9))
  );
}
