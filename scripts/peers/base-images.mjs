import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pinnedNode, root } from '../paths.mjs';
import { findOnPath, findPeer } from './find-peers.mjs';
import { baseImages, suite } from './images.mjs';
import { run } from './run.mjs';

const mirror = 'http://deb.debian.org/debian';
const sources = join(root, 'scripts', 'peers', 'images');
// What Debian's own slim images leave out as well.
const left = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'usr/share/info',
  'var/cache/apt',
  'var/lib/apt/lists',
];
const bundle = 'etc/ssl/certs/ca-certificates.crt';
const pseudo = ['proc', 'sys', 'dev', 'run', 'tmp'];

/**
 * Makes the stand-in images as archives for `docker load`, one per image, and index.json which names them.
 *
 * The archives are put together from folders instead of being built by an engine: that needs root and debootstrap but
 * no running engine, and it works where no base image can be pulled.
 */
export async function makeBaseImages(folder, environment) {
  if (process.getuid?.() !== 0) throw new Error('only root can make a root file system');
  if (!findOnPath('debootstrap', environment)) throw new Error('debootstrap is missing');
  const work = mkdtempSync(join(tmpdir(), 'plinth-images-'));
  try {
    const base = join(work, 'base');
    await makeBase(base, environment);
    const baseLayer = await makeLayer(base, join(work, 'base.tar'), ['.']);
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    const index = [];
    for (const image of baseImages) {
      const layer = await makeImageLayer(image, { base, work, environment });
      const file = `${image.name}.tar`;
      const id = await writeArchive(image, [baseLayer, layer], { work, file: join(unfinished, file) });
      index.push({ name: image.name, tag: image.tag, id, file });
    }
    writeFileSync(join(unfinished, 'index.json'), JSON.stringify(index, null, 2));
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function makeBase(base, environment) {
  // The script is named because an older debootstrap does not know the newer release; all of them use the same one.
  await run('debootstrap', ['--variant=minbase', '--include=ca-certificates,busybox', suite, base, mirror, 'sid']);
  // Alpine's images have these two from busybox, and health checks use them.
  for (const name of ['wget', 'nc']) symlinkSync('busybox', join(base, 'usr/bin', name));
  // Behind a proxy that inspects TLS, what this machine trusts the images must trust too, or no build in them gets far.
  const trusted = environment.SSL_CERT_FILE || environment.NODE_EXTRA_CA_CERTS;
  if (trusted) copyFileSync(trusted, join(base, bundle));
  // No package starts a server in a container.
  writeFileSync(join(base, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n');
  chmodSync(join(base, 'usr/sbin/policy-rc.d'), 0o755);
}

/** Changes a copy of the base and packs what is new in it. */
async function makeImageLayer(image, { base, work, environment }) {
  const folder = join(work, image.name);
  await run('cp', ['-a', base, folder]);
  const stamp = join(work, `${image.name}.stamp`);
  writeFileSync(stamp, '');
  // A file changed in the same tick of the file system's clock as the stamp would not count as newer.
  await new Promise((resolve) => setTimeout(resolve, 50));
  // Packages look into /proc while they are set up; it is gone with the namespace, however this ends.
  const namespace = ['--mount', '--pid', '--fork', `--mount-proc=${join(folder, 'proc')}`];
  const shell = (command) =>
    run('unshare', [...namespace, 'chroot', folder, 'sh', '-euc', command], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
  for (const command of image.prepare ?? []) await shell(command);
  if (image.packages) {
    copyFileSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'));
    // A mirror may be some weeks behind; what it has is signed all the same.
    await shell('apt-get -qq -o Acquire::Check-Valid-Until=false update');
    await shell(`apt-get -qq install --no-install-recommends ${image.packages.join(' ')}`);
  }
  if (image.npm) {
    const prefix = join(folder, 'usr/local');
    await run('npm', ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', ...image.npm]);
  }
  for (const [source, target, mode] of image.files ?? []) {
    const file = join(folder, target);
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(locate(source, environment), file);
    chmodSync(file, mode);
  }
  for (const command of image.commands ?? []) await shell(command);
  const changed = await run('find', ['.', '-mindepth', '1', '-newercc', stamp], { cwd: folder });
  const layer = await makeLayer(folder, join(work, `${image.name}.layer.tar`), changed.split('\n').filter(Boolean));
  rmSync(folder, { recursive: true });
  return layer;
}

function locate(source, environment) {
  if (typeof source === 'string') return join(sources, source);
  if (source.pinnedNode) return pinnedNode;
  const file = findPeer(source.peer, environment);
  if (file === undefined) throw new Error(`${source.peer} has to be installed first`);
  return file;
}

async function makeLayer(folder, file, paths) {
  const list = `${file}.list`;
  writeFileSync(list, paths.join('\n'));
  const excluded = [
    ...left.map((name) => `--exclude=./${name}/*`),
    ...pseudo.map((name) => `--exclude=./${name}/*`),
    ...['./etc/resolv.conf', './etc/hostname'].map((name) => `--exclude=${name}`),
  ];
  const recursion = paths[0] === '.' ? '--recursion' : '--no-recursion';
  await run('tar', [
    '--create',
    `--file=${file}`,
    `--directory=${folder}`,
    '--numeric-owner',
    '--anchored',
    '--wildcards',
    ...excluded,
    recursion,
    `--files-from=${list}`,
  ]);
  return { file, digest: await digestOf(file) };
}

/**
 * The format of `docker save`: a manifest that names a configuration and the layers from the lowest up.
 * Resolves to the id of the image, which is the digest of its configuration.
 */
async function writeArchive(image, layers, { work, file }) {
  const folder = join(work, `${image.name}.archive`);
  mkdirSync(folder);
  const configuration = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: new Date().toISOString(),
    config: {
      ...image.config,
      // Node.js brings its own list and reads this one in addition.
      Env: [...image.config.Env, `NODE_EXTRA_CA_CERTS=/${bundle}`],
      Labels: { 'plinth.stand-in': 'true' },
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => `sha256:${digest}`) },
    history: layers.map(() => ({ created_by: 'scripts/peers/base-images.mjs' })),
  });
  const id = createHash('sha256').update(configuration).digest('hex');
  const configurationFile = `${id}.json`;
  writeFileSync(join(folder, configurationFile), configuration);
  const names = layers.map(({ file: layer, digest }) => {
    const name = `${digest}.tar`;
    if (!existsSync(join(folder, name))) symlinkSync(layer, join(folder, name));
    return name;
  });
  const manifest = [{ Config: configurationFile, RepoTags: [image.tag], Layers: names }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const entries = ['manifest.json', configurationFile, ...names];
  await run('tar', ['--create', '--file', file, '--directory', folder, '--dereference', ...entries]);
  return `sha256:${id}`;
}

async function digestOf(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
