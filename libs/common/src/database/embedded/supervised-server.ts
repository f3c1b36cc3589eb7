import type { ServerProcess } from './server-process.ts';

/** A server that is started again when it ends by itself. */
export interface SupervisedServer {
  /** Of the server that runs at the moment. */
  readonly pid: number;
  /** Resolves when the server has ended for good: after `stop`, or when it could not be kept running. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** A server that ends more often than this has a reason that starting it again does not remove. */
const mostRestarts = 5;
const restartWindow = 600_000;

/** Watches over `first`; `restart` starts its successor. A restart that fails is the end. */
export function superviseServer(first: ServerProcess, restart: () => Promise<ServerProcess>): SupervisedServer {
  let server = first;
  let stopping = false;
  let restarts: number[] = [];
  const watch = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      restarts = restarts.filter((time) => time > Date.now() - restartWindow);
      if (stopping || restarts.length >= mostRestarts) return;
      restarts.push(Date.now());
      try {
        server = await restart();
      } catch {
        return;
      }
      // Asked to stop while the successor was starting.
      if (stopping) await server.stop();
    }
  };
  const ended = watch();
  return {
    get pid() {
      return server.pid;
    },
    ended,
    async stop() {
      stopping = true;
      await server.stop();
      await ended;
    },
  };
}
