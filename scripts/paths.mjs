import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the work tree. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
export const cacheFolder = join(root, '.cache');
export const modulesFolder = join(root, 'node_modules');

/** Node.js 24 as pinned in package.json; everything after the bootstrap runs on it. */
export const pinnedNode = join(modulesFolder, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** One line on stderr: stdout belongs to the command that follows. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure that is explained completely by its message. */
export class BootstrapError extends Error {}
