import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { pinnedNode } from './paths.mjs';

const underNpm = process.env.npm_lifecycle_event !== undefined;

/** Becomes `node args…` on the pinned Node.js; this process does not go on. */
export async function becomeNode(args, environment = {}) {
  const env = { ...process.env, ...environment };
  if (process.execve && process.platform !== 'win32' && !underNpm) {
    // No parent stays behind: nothing to forward and 40 MB less.
    process.execve(pinnedNode, [pinnedNode, ...args], env);
  }
  process.exit(await runNode(args, environment));
}

/** Runs `node args…` on the pinned Node.js with this terminal and resolves to its exit code. */
export function runNode(args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, args, { env: { ...process.env, ...environment }, stdio: 'inherit' });
    const stopForwarding = forwardSignals(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function forwardSignals(child) {
  const onTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  const sent = new Set();
  const send = (name) => {
    if (sent.has(name)) return;
    sent.add(name);
    child.kill(name);
  };
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => {
    const handler = () => {
      // The terminal sends these to the whole foreground group, the child included; npm may then repeat them to us.
      if (onTerminal && name !== 'SIGTERM') return;
      send(name);
    };
    process.on(name, handler);
    return [name, handler];
  });
  const parent = process.ppid;
  // npm passes SIGTERM to a shell that dies of it and does not pass it on; what is left to see is that the shell is gone.
  const watch = setInterval(() => underNpm && process.ppid !== parent && send('SIGTERM'), 500).unref();
  return () => {
    clearInterval(watch);
    handlers.forEach(([name, handler]) => process.off(name, handler));
  };
}
