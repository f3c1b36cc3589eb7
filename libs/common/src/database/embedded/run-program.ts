import { spawn } from 'node:child_process';
import type { ClusterLocation } from './cluster-location.ts';
import { PostgresStartError } from './embedded-postgres.errors.ts';
import { childOptions } from './server-settings.ts';

/** Runs a PostgreSQL program to its end; its last output becomes part of the error when it fails. */
export function runProgram(
  program: string,
  parameters: string[],
  location: ClusterLocation,
  input?: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...childOptions(location), stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = `${output}${chunk}`.slice(-4000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined).end(input);
    child.once('error', (cause) => reject(new PostgresStartError(program, 'could not be run', [], cause)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new PostgresStartError(program, `ended with ${signal ?? `exit code ${code}`}`, lastLines(output)));
    });
  });
}

/** The end of a program's output, without blank lines. */
export function lastLines(output: string): string[] {
  return output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-20);
}
