import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const node = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

export interface Finished {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** What stdout holds as soon as it holds a whole line; rejects when the process ends before. */
  readonly firstLine: Promise<string>;
}

/** Starts the built command as a process of its own, without any variable of the platform. */
export function startCli(words: readonly string[], environment: Record<string, string> = {}): Running {
  if (!existsSync(main)) throw new Error(`${main} is missing: build first (npm run build).`);
  const own = Object.entries(process.env).filter(([name]) => !/^(PLINTH|IAM|DATABASE|NODE)_/.test(name));
  const started = performance.now();
  const child = spawn(existsSync(node) ? node : process.execPath, [main, ...words], {
    env: { ...Object.fromEntries(own), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    child.once('close', () => reject(new Error(`ended without a line: ${stderr}`)));
  });
  // Not every test waits for it.
  firstLine.catch(() => undefined);
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const finished = once(child, 'close').then(([exitCode, signal]) => ({
    exitCode: exitCode as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
    durationMs: performance.now() - started,
  }));
  return { child, finished, firstLine };
}

export async function runCli(...words: string[]): Promise<Finished> {
  return startCli(words).finished;
}

/** A directory that goes away with the test. PostgreSQL's account must be able to pass through. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'plinth-cli-'));
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
