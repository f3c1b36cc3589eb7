import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPackages, isBuilt } from './build.mjs';
import { installPackages, isInstalled } from './install.mjs';
import { BootstrapError, cacheFolder, root, say } from './paths.mjs';

const lockFolder = join(cacheFolder, 'bootstrap.lock');

/** Makes the work tree ready to run: packages, git hooks and, unless refused, the build. */
export async function bootstrap({ build = true } = {}) {
  if (isInstalled() && (!build || isBuilt())) return;
  const release = await takeLock();
  try {
    if (await installPackages()) enableGitHooks();
    if (build) await buildPackages();
  } finally {
    release();
  }
}

/** Runs `main` and turns an explained failure into its message and exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

/** Two starts at once must not install into the same folder. */
async function takeLock() {
  mkdirSync(cacheFolder, { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      mkdirSync(lockFolder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) {
      rmSync(lockFolder, { recursive: true, force: true });
      continue;
    }
    if (!waited) say('Waiting for another start of Plinth in this folder …');
    await sleep(200);
  }
  writeFileSync(join(lockFolder, 'pid'), String(process.pid));
  const release = () => rmSync(lockFolder, { recursive: true, force: true });
  process.once('exit', release);
  return release;
}

function isAbandoned() {
  try {
    const pid = Number(readFileSync(join(lockFolder, 'pid'), 'utf8'));
    process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code === 'ESRCH') return true;
    if (error.code !== 'ENOENT') return false;
    // No process id yet: the owner is between two system calls, or it died there.
    const stat = statSync(lockFolder, { throwIfNoEntry: false });
    return stat !== undefined && Date.now() - stat.mtimeMs > 5_000;
  }
}

function enableGitHooks() {
  if (process.env.CI || !existsSync(join(root, '.git'))) return;
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  // A path somebody chose stays; a missing or unwilling git is no reason to stop.
  if (git('config', '--get', 'core.hooksPath').status === 1) git('config', 'core.hooksPath', '.githooks');
}
