import { spawn } from 'node:child_process';

/** Runs a command quietly and resolves to its stdout; when it fails, the error carries the end of what it printed. */
export function run(command, args, { cwd, env = process.env, stdin = 'ignore' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: [stdin, 'pipe', 'pipe'] });
    const stdout = [];
    let tail = '';
    const remember = (chunk) => (tail = (tail + chunk).slice(-4000));
    child.stdout.on('data', (chunk) => stdout.push(chunk) && remember(chunk));
    child.stderr.on('data', remember);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(stdout).toString());
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}\n${tail.trim()}`));
    });
  });
}
