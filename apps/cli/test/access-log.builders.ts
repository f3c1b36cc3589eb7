const paths = ['/', '/index.html', '/images/logo.png', '/api/v1/items?token=1', '/download/large.iso'];
const malformed = [
  'garbage',
  '10.0.0.1 - - [99/May/2015:10:00:00 +0000] "GET / HTTP/1.1" 200 10 "-" "-"',
  '10.0.0.2 - - [17/May/2015:10:00:00 +0000] "GET / HTTP/1.1" 2x0 10 "-" "-"',
  '10.0.0.3 - - [17/May/2015:10:00:00 +0000] "GET / HTTP/1.1" 200',
];

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface GeneratedLog {
  readonly text: string;
  readonly requests: number;
  readonly withBytes: number;
  readonly clients: number;
  readonly malformedLines: readonly number[];
}

/** A log of May 2015 with some busy clients, repeated lines, requests without a body, and lines that are none. */
export function buildAccessLog(lines: number, seed: number): GeneratedLog {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const written: string[] = [];
  const malformedLines: number[] = [];
  const clients = new Set<string>();
  let requests = 0;
  let withBytes = 0;
  let last: { line: string; hasBytes: boolean } | undefined;
  for (let number = 1; number <= lines; number++) {
    if (number % 37 === 0) {
      written.push(pick(malformed));
      malformedLines.push(number);
      continue;
    }
    if (last === undefined || random() > 0.05) {
      const index = Math.floor(random() ** 3 * 30);
      const client = index % 5 === 0 ? `2001:db8::${index + 1}` : `192.0.2.${index + 1}`;
      clients.add(client);
      const time = `${17 + Math.floor(random() * 4)}/May/2015:${String(Math.floor(random() * 24)).padStart(2, '0')}:05:${String(Math.floor(random() * 60)).padStart(2, '0')} +0000`;
      const hasBytes = random() > 0.1;
      const bytes = hasBytes ? Math.floor(random() ** 4 * 50_000_000) : '-';
      const line = `${client} - - [${time}] "GET ${pick(paths)} HTTP/1.1" 200 ${bytes} "-" "test"`;
      last = { line, hasBytes };
    }
    written.push(last.line);
    requests += 1;
    if (last.hasBytes) withBytes += 1;
  }
  return { text: `${written.join('\n')}\n`, requests, withBytes, clients: clients.size, malformedLines };
}
