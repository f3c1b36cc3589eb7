import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

type Message = { readonly answer: unknown } | { readonly failure: string };

/** A process of this benchmark. It runs one file beside this one and answers one question at a time. */
export class Child {
  readonly #process: ChildProcess;
  readonly #name: string;
  #ended = false;

  constructor(
    name: 'bare-reader' | 'credential-checker' | 'http-load' | 'platform-server' | 'sign-in-load',
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#name = name;
    const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    this.#process = spawn(process.execPath, [file], {
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    this.#process.once('exit', () => (this.#ended = true));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async ask<Answer>(question: unknown): Promise<Answer> {
    if (this.#ended) throw new Error(`the process ${this.#name} has ended`);
    const exit = new AbortController();
    const ended = once(this.#process, 'exit', { signal: exit.signal }).then(() => {
      throw new Error(`the process ${this.#name} ended before it answered`);
    });
    const answered = once(this.#process, 'message', { signal: exit.signal });
    // Whichever does not come is cancelled below.
    ended.catch(() => {});
    answered.catch(() => {});
    try {
      this.#process.send(question as object);
      const [message] = (await Promise.race([answered, ended])) as [Message];
      if ('failure' in message) throw new Error(`${this.#name}: ${message.failure}`);
      return message.answer as Answer;
    } finally {
      exit.abort();
    }
  }

  /** Lets the process end by itself; kills it when it does not. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    const gone = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 30_000);
    await gone;
    clearTimeout(timer);
  }
}
