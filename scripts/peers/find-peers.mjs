import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { peers } from './peers.mjs';

/** Where the peers are kept: outside the checkout, because a build takes minutes and serves every checkout. */
export function peersFolder(environment) {
  return join(environment.PLINTH_CACHE || join(environment.HOME || homedir(), '.cache', 'plinth'), 'peers');
}

/** The folder of one built peer; the version is part of its name, so a new version never meets an old binary. */
export function peerFolder(name, environment) {
  return join(peersFolder(environment), `${name}-${peers[name].version}`);
}

/** The executable of a peer, in the cache or on PATH; undefined when it is absent. */
export function findPeer(name, environment) {
  const peer = peers[name];
  if (peer === undefined) throw new Error(`${name} is no peer; known are ${Object.keys(peers).join(', ')}`);
  if (peer.kind === 'go' || peer.kind === 'wheel' || peer.kind === 'venv') {
    // Never from PATH: another version there would make the same test mean something else on each machine.
    const file = join(peerFolder(name, environment), peer.binary);
    return isExecutable(file) ? file : undefined;
  }
  if (peer.kind === 'apt') return findOnPath(peer.binary, environment);
  const index = join(peerFolder(name, environment), peer.binary);
  return existsSync(index) ? index : undefined;
}

/** What a shell would run for this name. Debian keeps servers in sbin, which the PATH of a user may lack. */
export function findOnPath(binary, environment) {
  const folders = [...(environment.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].filter(Boolean);
  return folders.map((folder) => join(folder, binary)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What the conformance tests are told about this machine; see libs/testing/src/peers.ts. */
export function describePeers(environment) {
  const found = Object.keys(peers).flatMap((name) => {
    const path = findPeer(name, environment);
    return path === undefined ? [] : [[name, path]];
  });
  const folder = peersFolder(environment);
  const passed = [
    'PATH',
    'TMPDIR',
    'DOCKER_HOST',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
  ].flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]));
  return {
    required: environment.CI === 'true',
    folder,
    paths: Object.fromEntries(found),
    // A home of their own: a peer must not find the cluster, the registry or the settings of whoever runs the tests.
    environment: { ...Object.fromEntries(passed), HOME: join(folder, 'home'), LANG: 'C.UTF-8' },
  };
}
