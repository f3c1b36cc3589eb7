import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { PortInUseError } from './embedded-postgres.errors.ts';

/** The port to listen on: the demanded one or an error, else the recorded one while it is free, else any free one. */
export async function resolvePort(demanded: number | undefined, recordFile: string): Promise<number> {
  if (demanded !== undefined) {
    if ((await tryListen(demanded)) === undefined) throw new PortInUseError(demanded);
    return demanded;
  }
  const recorded = Number(await readFile(recordFile, 'utf8').catch(() => ''));
  if (Number.isInteger(recorded) && recorded > 0 && recorded < 65_536) {
    if ((await tryListen(recorded)) !== undefined) return recorded;
  }
  const free = await tryListen(0);
  if (free === undefined) throw new PortInUseError(0);
  return free;
}

/** Whether nothing listens on the port. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== undefined;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
