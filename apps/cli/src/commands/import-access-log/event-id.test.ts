import { describe, expect, it } from 'vitest';
import { digestLine, eventId, LineOccurrences } from './event-id.ts';

function idsOf(lines: readonly string[]): string[] {
  const occurrences = new LineOccurrences();
  return lines.map((line) => {
    const digest = digestLine(line);
    return eventId(digest, occurrences.next(digest));
  });
}

describe('event ids', () => {
  it('are the SHA-256 of the line as bytes', () => {
    expect(idsOf(['abc', '\u00ff'])).toEqual([
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      'a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89',
    ]);
  });

  it('tell identical lines apart by their number', () => {
    const [first, other, second, third] = idsOf(['a', 'b', 'a', 'a']);
    expect(new Set([first, other, second, third]).size).toBe(4);
    expect([second, third]).toEqual([`${first}-2`, `${first}-3`]);
  });

  it('are the same for the same lines in another file, also when it goes on', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index % 300}`);
    expect(idsOf([...lines, 'more']).slice(0, 500)).toEqual(idsOf(lines));
  });

  it('stay right beyond the first size of the table', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const ids = idsOf([...lines, ...lines]);
    expect(new Set(ids).size).toBe(40_000);
    expect(ids.slice(20_000).every((id) => id.endsWith('-2'))).toBe(true);
    expect(ids.slice(0, 20_000).some((id) => id.includes('-'))).toBe(false);
  });
});
