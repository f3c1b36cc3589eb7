// Rendered by plinth from the platform description. Do not edit: change the description.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const images = JSON.parse(readFileSync(new URL('images.json', import.meta.url), 'utf8')).images;
/** A change of these reaches every package. */
const shared = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tsconfig.base.json', '.npmrc'];
const noSource = /(\.md|\.test\.tsx?|\.builders\.ts)$/;

const packages = readPackages();
const changed = changedFiles(process.argv[2] ?? '');
const everything = changed === undefined || changed.some((path) => shared.includes(path) || path.startsWith('platform/'));
const touches = (folder, accepts) => (changed ?? []).some((path) => path.startsWith(folder + '/') && accepts(path));

const affectedImages = images.filter(
  ({ packages: folders, files = [] }) =>
    everything ||
    files.some((path) => changed.includes(path)) ||
    folders.some((folder) => touches(folder, (path) => !noSource.test(path))),
);
const affectedPackages = [...packages.keys()].filter(
  (folder) => everything || closure(folder).some((part) => touches(part, () => true)),
);
console.log('images=' + JSON.stringify(affectedImages.map(({ name, repository, dockerfile }) => ({ name, repository, dockerfile }))));
console.log('packages=' + affectedPackages.sort().join(' '));

/** The package and all that it depends on, for tests too. */
function closure(root) {
  const found = new Set();
  const waiting = [root];
  while (waiting.length > 0) {
    const folder = waiting.pop();
    if (found.has(folder)) continue;
    found.add(folder);
    waiting.push(...(packages.get(folder) ?? []));
  }
  return [...found];
}

/** Folder → folders of the packages of this workspace that it names. */
function readPackages() {
  const folders = workspaceFolders().filter((folder) => existsSync(folder + '/package.json'));
  const read = folders.map((folder) => [folder, JSON.parse(readFileSync(folder + '/package.json', 'utf8'))]);
  const folderOf = new Map(read.map(([folder, { name }]) => [name, folder]));
  return new Map(
    read.map(([folder, { dependencies, optionalDependencies, devDependencies }]) => {
      const names = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
      return [folder, names.flatMap((name) => folderOf.get(name) ?? [])];
    }),
  );
}

function workspaceFolders() {
  const [, list = ''] = /^packages:\n((?:[ \t]+-.*\n|[ \t]*#.*\n|\n)*)/m.exec(readFileSync('pnpm-workspace.yaml', 'utf8')) ?? [];
  return [...list.matchAll(/^[ \t]+-\s*["']?([^"'#\s]+)/gm)].flatMap(([, pattern]) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return existsSync(parent) ? readdirSync(parent).map((name) => parent + '/' + name) : [];
  });
}

/** Undefined when the commit says nothing about what is new. */
function changedFiles(commit) {
  if (!/^[0-9a-f]{7,64}$/.test(commit) || /^0+$/.test(commit)) return undefined;
  try {
    const start = execFileSync('git', ['merge-base', commit, 'HEAD'], { encoding: 'utf8' }).trim();
    return execFileSync('git', ['diff', '--name-only', '-z', start, 'HEAD'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  } catch {
    console.error('The commit ' + commit + ' is not part of this history: everything counts as affected.');
    return undefined;
  }
}
