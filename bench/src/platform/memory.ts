import { readFile, writeFile } from 'node:fs/promises';

/** Resident memory of a process in MB (10⁶ bytes), taken over and over. */
export class MemorySampler {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #samples: number[] = [];

  constructor(pid: number, everyMs: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => void this.#sample(), everyMs);
  }

  /** The samples since the last call. */
  take(): number[] {
    const taken = this.#samples;
    this.#samples = [];
    return taken;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const resident = await readStatus(this.#pid, 'VmRSS');
    if (Number.isFinite(resident)) this.#samples.push(resident);
  }
}

/** Lets the peak of a process's resident memory begin anew, at what it has now; see proc_pid_clear_refs(5). */
export async function resetPeak(pid: number): Promise<void> {
  if (process.platform === 'linux') await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/** The most resident memory that a process had since `resetPeak`, in MB; NaN where the system does not tell. */
export function readPeak(pid: number): Promise<number> {
  return readStatus(pid, 'VmHWM');
}

async function readStatus(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
}
