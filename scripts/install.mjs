import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BootstrapError, modulesFolder, pinnedNode, root, say } from './paths.mjs';

const pnpm = 'pnpm@12.21.0';
const stampFile = join(modulesFolder, '.plinth-install');

/** Installs the packages when the lock file, a package.json or the workspace file changed since the last time. */
export async function installPackages() {
  const wanted = fingerprint();
  if (isInstalled(wanted)) return false;
  if (!existsSync(join(root, 'pnpm-lock.yaml'))) {
    throw new BootstrapError(`pnpm-lock.yaml is missing. Run "npx ${pnpm} install" and commit the file.`);
  }
  rmSync(stampFile, { force: true });
  await runPnpm();
  if (!existsSync(pinnedNode)) {
    throw new BootstrapError(
      `The packages are installed but ${pinnedNode} is missing: the install script of the package "node" did not run ` +
        'or has no build for this machine. Delete node_modules and try again.',
    );
  }
  writeFileSync(stampFile, wanted);
  return true;
}

/** True when the installed packages belong to the present lock file. */
export function isInstalled(wanted = fingerprint()) {
  try {
    return readFileSync(stampFile, 'utf8') === wanted && existsSync(pinnedNode);
  } catch {
    return false;
  }
}

function fingerprint() {
  // Binaries differ by platform: a folder copied or mounted from another machine is installed anew.
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...workspacePackageFiles()];
  for (const file of files) {
    hash.update(`${file}\n`).update(existsSync(join(root, file)) ? readFileSync(join(root, file)) : '');
  }
  return hash.digest('hex');
}

function workspacePackageFiles() {
  return workspaceFolders().flatMap((folder) => {
    const file = `${folder}/package.json`;
    return existsSync(join(root, file)) ? [file] : [];
  });
}

/** The folders named by `packages:` in pnpm-workspace.yaml, which uses the forms `name` and `name/*` only. */
export function workspaceFolders() {
  const lines = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').split(/\r?\n/);
  const start = lines.indexOf('packages:') + 1;
  const end = lines.findIndex((line, index) => index >= start && /^[^\s#-]/.test(line));
  const patterns = lines.slice(start, end < 0 ? undefined : end).flatMap((line) => {
    const name = /^\s*-\s*["']?([^"'#\s]+)/.exec(line)?.[1];
    return name ? [name] : [];
  });
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent))
      .sort()
      .map((name) => `${parent}/${name}`);
  });
}

function runPnpm() {
  const started = Date.now();
  say('Installing packages …');
  const args = ['--yes', pnpm, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  const windows = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(windows ? 'npx.cmd' : 'npx', args, {
      cwd: root,
      env: installEnvironment(),
      shell: windows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const slow = setInterval(() => {
      say(`Still installing packages (${Math.round((Date.now() - started) / 1000)} s) …`);
    }, 30_000);
    child.on('error', (cause) => {
      clearInterval(slow);
      reject(new BootstrapError(`npx could not be started (${cause.message}). npm must be installed beside Node.js.`));
    });
    child.on('close', (code, signal) => {
      clearInterval(slow);
      if (code === 0) return resolve();
      reject(new BootstrapError(explain(Buffer.concat(output).toString(), signal ?? `exit code ${code}`)));
    });
  });
}

function installEnvironment() {
  // The installer replaces node_modules/.bin, so it must not run on the node that lies there. CI=true: no prompt, ever.
  const bin = join(modulesFolder, '.bin');
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = (process.env[key] ?? '').split(delimiter).filter((folder) => folder !== bin);
  return { ...process.env, [key]: path.join(delimiter), CI: 'true', NODE_OPTIONS: '', NODE_ENV: '' };
}

function explain(output, end) {
  const advice = /ERR_PNPM_OUTDATED_LOCKFILE|ERR_PNPM_LOCKFILE/.test(output)
    ? `pnpm-lock.yaml does not belong to the package.json files. Run "npx ${pnpm} install" and commit the lock file.`
    : /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|E40[134]|ERR_PNPM_FETCH/.test(output)
      ? 'The package registry did not answer as expected. Check the network and "npm config get registry".'
      : 'If the reason is not clear from the output above, delete node_modules and try again.';
  return `${output.trimEnd()}\n\nInstalling packages failed (${end}). ${advice}`;
}
