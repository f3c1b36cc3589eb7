import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that systems give to connections, and each of two workers has a range of its own: between a search and
// its use a server may take half a minute to start, in which nobody else may come by the same port.
const rangeSize = 6_000;
// Vitest tells the number of a worker in no other way.
// oxlint-disable-next-line no-process-env
const firstPort = 20_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 2) * rangeSize;
const given = new Set<number>();

/** A TCP port of 127.0.0.1 that nothing listened on a moment ago, and that this process has not been given before. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = firstPort + randomInt(rangeSize);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port found between ${firstPort} and ${firstPort + rangeSize}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
