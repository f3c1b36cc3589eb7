import { rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Makes a virtual environment of Python with the packages of a file of pinned versions and hashes. The link to the
 * program comes last: an interrupted installation leaves nothing that looks like a peer.
 */
export async function makeVenvPeer(peer, folder, environment) {
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder], { env: environment });
  const options = ['--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary=:all:'];
  const packages = ['-r', join(here, peer.requirements)];
  await run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', ...options, ...packages], { env: environment });
  symlinkSync(join('bin', peer.program), join(folder, peer.binary));
}
