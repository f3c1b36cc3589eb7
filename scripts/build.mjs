import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolders } from './install.mjs';
import { BootstrapError, cacheFolder, modulesFolder, pinnedNode, root, say } from './paths.mjs';

const stampFile = join(cacheFolder, 'build-stamp');
const typescript = join(modulesFolder, 'typescript', 'bin', 'tsc');

/** Builds all packages unless no source changed since the last good build. */
export async function buildPackages({ force = false } = {}) {
  // Taken before the compiler runs: an edit made meanwhile causes another build.
  const wanted = fingerprint();
  if (!force && isBuilt(wanted)) return false;
  rmSync(stampFile, { force: true });
  say('Building …');
  const code = await runTypescript(['-b']);
  if (code !== 0) throw new BootstrapError('The build failed.');
  mkdirSync(cacheFolder, { recursive: true });
  // A package without sources yet has no output; what exists now must exist then.
  const built = outputs().filter((file) => existsSync(join(root, file)));
  writeFileSync(stampFile, [wanted, ...built].join('\n'));
  return true;
}

/** True when the output of the compiler belongs to the present sources. */
export function isBuilt(wanted = fingerprint()) {
  try {
    const [stamp, ...built] = readFileSync(stampFile, 'utf8').split('\n');
    return stamp === wanted && built.every((file) => existsSync(join(root, file)));
  } catch {
    return false;
  }
}

/** Runs the TypeScript compiler; its messages go to stderr. */
export function runTypescript(args) {
  return new Promise((resolve, reject) => {
    const pretty = process.stderr.isTTY ? ['--pretty'] : [];
    const child = spawn(pinnedNode, [typescript, ...args, ...pretty], { cwd: root, stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function outputs() {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  return references.map(({ path }) => `${path}/dist/.tsbuildinfo`);
}

function fingerprint() {
  const hash = createHash('sha256');
  // The installation is part of it: another compiler or library version may give other output.
  for (const file of ['tsconfig.json', 'tsconfig.base.json', 'node_modules/.plinth-install']) addFile(hash, file);
  for (const folder of workspaceFolders()) addFolder(hash, folder);
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  if (!existsSync(join(root, folder))) return;
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'dist' && !entry.name.startsWith('.')) addFolder(hash, path);
    } else if (/\.(tsx?|json|sql)$/.test(entry.name)) {
      addFile(hash, path);
    }
  }
}

function addFile(hash, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  hash.update(stat ? `${path} ${stat.mtimeMs} ${stat.size}\n` : `${path} absent\n`);
}
