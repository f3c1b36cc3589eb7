import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './run.mjs';

/**
 * Builds a program from its Go module into `folder`.
 *
 * A throw-away module requires the program: `go install` refuses every module with a replace directive, and most of
 * these have one. The directives themselves are carried over, so that the same code is built as in a release.
 */
export async function buildGoPeer(peer, folder, environment) {
  const work = mkdtempSync(join(tmpdir(), 'plinth-peer-'));
  try {
    const go = goCommand(work, environment);
    await go('mod', 'init', 'plinth.invalid/peer');
    const { GoMod, Dir } = JSON.parse(await go('mod', 'download', '-json', `${peer.module}@${peer.version}`));
    // The sums of the release: what they name is compared with them instead of with the checksum server.
    copyFileSync(join(Dir, 'go.sum'), join(work, 'go.sum'));
    chmodSync(join(work, 'go.sum'), 0o644);
    const copy = peer.missing && (await copyWithMissingFiles(peer, Dir, join(work, 'module')));
    const replaces = replaceDirectives(peer, JSON.parse(await go('mod', 'edit', '-json', GoMod)), copy);
    // Required by hand: `go get` would ask the proxy whether each of some hundred modules was withdrawn since.
    await go('mod', 'edit', `-require=${peer.module}@${peer.version}`, ...replaces);
    mkdirSync(folder, { recursive: true });
    // Renamed when it is complete: an interrupted build leaves nothing that looks like a binary.
    const unfinished = join(folder, `.${peer.binary}.${process.pid}`);
    const variables = Object.entries(peer.variables).map(([name, value]) => `-X ${name}=${value}`);
    try {
      const linked = ['-s', '-w', ...variables].join(' ');
      await go('build', '-mod=mod', ...quickly, '-trimpath', '-ldflags', linked, '-o', unfinished, peer.package);
      renameSync(unfinished, join(folder, peer.binary));
    } finally {
      rmSync(unfinished, { force: true });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The linker would throw away what the compiler writes for debuggers: a tenth of its time. */
const quickly = ['-gcflags=all=-dwarf=false'];

/** Low priority and, where somebody is at work, two compilers: a build of minutes must not stop what is beside it. */
function goCommand(work, environment) {
  const flags = environment.CI === 'true' ? '' : '-p=2';
  // Without cgo the binaries are static and run in every image.
  const env = { ...environment, GOFLAGS: flags, CGO_ENABLED: '0', GOWORK: 'off', GOTELEMETRY: 'off' };
  return (...args) => run('nice', ['-n', '10', 'go', ...args], { cwd: work, env });
}

/** The replace directives of the program's own go.mod as arguments of `go mod edit`. */
function replaceDirectives(peer, { Replace: directives }, copy) {
  const others = (directives ?? []).flatMap(({ Old: from, New: to }) => {
    const old = from.Version === undefined ? from.Path : `${from.Path}@${from.Version}`;
    if (to.Version !== undefined) return [`-replace=${old}=${to.Path}@${to.Version}`];
    if (peer.localModules === 'as required') return [];
    if (peer.localModules !== undefined) return [`-replace=${old}=${from.Path}@${peer.localModules}`];
    if (copy !== undefined) return [`-replace=${old}=${join(copy, to.Path)}`];
    throw new Error(`${peer.module} replaces ${from.Path} by a folder`);
  });
  return copy === undefined ? others : [`-replace=${peer.module}=${copy}`, ...others];
}

/** A copy because the module cache is read-only; it has what the repository has and the module lacks. */
async function copyWithMissingFiles(peer, source, copy) {
  cpSync(source, copy, { recursive: true });
  await run('chmod', ['-R', 'u+w', copy]);
  for (const [name, text] of Object.entries(peer.missing)) {
    const file = join(copy, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}\n`);
  }
  return copy;
}
