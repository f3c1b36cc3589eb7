import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getPeerContext } from './peers.ts';

export interface PeerOptions {
  readonly cwd?: string;
  /** Added to the environment that all peers have; the one of the test run is not inherited. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface RunPeerOptions extends PeerOptions {
  /** Written to its standard input. */
  readonly input?: string;
}

export interface PeerRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A TCP port of this machine that accepts, an address that answers with any 2xx, or a question of one's own. */
export type Readiness = { readonly port: number } | { readonly url: string } | (() => Promise<boolean>);

export interface StartPeerOptions extends PeerOptions {
  /** What must hold before the peer counts as started. */
  readonly waitFor?: Readiness;
}

export interface RunningPeer {
  readonly pid: number;
  /** Everything it has printed so far, both streams in the order of arrival. */
  output(): string;
  /** Ends this process and no other: politely, and after twenty seconds by force. */
  stop(): Promise<void>;
  /** Ends it by force, for a peer without children that would go on for seconds for the sake of its clients. */
  kill(): Promise<void>;
}

/**
 * Runs a peer to its end. A non-zero code is an answer and not an error; it rejects only when the peer cannot be
 * started or has not ended within `timeoutMs` (two minutes).
 */
export async function runPeer(path: string, args: readonly string[], options: RunPeerOptions = {}): Promise<PeerRun> {
  const { input = '', timeoutMs = 120_000 } = options;
  const child = spawn(path, args, { ...processOptions(options), stdio: ['pipe', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A peer that ends without reading its input closes the pipe; that is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let late = false;
  const timer = setTimeout(() => (late = child.kill('SIGKILL')), timeoutMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    const run = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
    if (late) throw new Error(`${describe(path, args)} did not end within ${timeoutMs} ms\n${run.stdout}${run.stderr}`);
    return { code: code ?? -1, ...run };
  } finally {
    clearTimeout(timer);
  }
}

/** Starts a peer that keeps running, and waits until it answers (`timeoutMs`, one minute). */
export async function startPeer(
  path: string,
  args: readonly string[],
  options: StartPeerOptions = {},
): Promise<RunningPeer> {
  const { waitFor, timeoutMs = 60_000 } = options;
  const child = spawn(path, args, { ...processOptions(options), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'spawn');
  // A worker that is ended in the middle of a test must not leave servers behind. Politely: some have children.
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
  const peer = {
    pid: child.pid!,
    output: () => output,
    stop: () => stopProcess(child),
    kill: () => killProcess(child),
  };
  const deadline = Date.now() + timeoutMs;
  while (waitFor !== undefined && !(await answers(waitFor))) {
    const problem = hasEnded(child) ? 'has ended' : Date.now() > deadline ? 'does not answer' : undefined;
    if (problem !== undefined) {
      await peer.stop();
      throw new Error(`${describe(path, args)} ${problem}\n${output}`);
    }
    await delay(50);
  }
  return peer;
}

function processOptions({ cwd, env }: PeerOptions): { cwd: string | undefined; env: Record<string, string> } {
  const { environment } = getPeerContext();
  if (environment['HOME'] !== undefined) mkdirSync(environment['HOME'], { recursive: true });
  return { cwd, env: { ...environment, ...env } };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const closed = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await closed;
  clearTimeout(force);
}

async function killProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const closed = once(child, 'exit');
  child.kill('SIGKILL');
  await closed;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function answers(target: Readiness): Promise<boolean> {
  try {
    if (typeof target === 'function') return await target();
    if ('url' in target) return (await fetch(target.url, { signal: AbortSignal.timeout(2_000) })).ok;
    return await acceptsConnections(target.port);
  } catch {
    return false;
  }
}

async function acceptsConnections(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(2_000) });
    return true;
  } finally {
    socket.destroy();
  }
}

function describe(path: string, args: readonly string[]): string {
  return [path, ...args].join(' ');
}
