const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type StopSignal = keyof typeof signalNumbers;

/** The process as far as signals go; a test passes an emitter of its own. */
export interface SignalSource {
  on(name: string, listener: () => void): unknown;
  off(name: string, listener: () => void): unknown;
  exit(code: number): void;
}

export interface StopWatch {
  readonly signal: AbortSignal;
  /** Gives the signals their usual meaning back. */
  release(): void;
}

/** One signal may arrive twice at once: from the terminal and again from npm. */
const repeatMs = 1000;

/** Aborts at the first signal so that the command ends in order; another one after a second ends the process at once. */
export function watchStopSignals(source: SignalSource, now: () => number = () => performance.now()): StopWatch {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const listeners = (Object.keys(signalNumbers) as StopSignal[]).map((name) => {
    const listener = (): void => {
      if (firstAt === undefined) {
        firstAt = now();
        controller.abort(name);
      } else if (now() - firstAt > repeatMs) {
        source.exit(128 + signalNumbers[name]);
      }
    };
    source.on(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    release() {
      for (const { name, listener } of listeners) source.off(name, listener);
    },
  };
}

/** Which signal aborted. */
export function stopSignalOf(signal: AbortSignal): StopSignal {
  return typeof signal.reason === 'string' && Object.hasOwn(signalNumbers, signal.reason)
    ? (signal.reason as StopSignal)
    : 'SIGTERM';
}
