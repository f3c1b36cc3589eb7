#!/usr/bin/env node
import { pathToFileURL } from 'node:url';
import { root, say } from '../paths.mjs';
import { makeBaseImages } from './base-images.mjs';
import { buildGoPeer } from './build-go-peer.mjs';
import { listConformanceTests, listPeersOfTests } from './conformance-tests.mjs';
import { findOnPath, findPeer, peerFolder } from './find-peers.mjs';
import { fetchWheelPeer } from './fetch-wheel-peer.mjs';
import { makeVenvPeer } from './make-venv-peer.mjs';
import { peers } from './peers.mjs';
import { run } from './run.mjs';

/**
 * Installs the peers that are missing and says what it does. Go programs are built one after the other; what is only
 * fetched comes beside that, one after the other, too: the one keeps the processors busy, the other the network.
 * Resolves to the names of those which are still missing; one failure does not keep the others from being installed.
 */
export async function installPeers(names, { environment = process.env, system = false } = {}) {
  const missing = [];
  const install = async (name) => {
    const label = [name, peers[name].version].filter(Boolean).join(' ');
    const started = Date.now();
    try {
      const outcome = await installPeer(name, { environment, system });
      say(outcome === 'present' ? `${label} is there` : `${label} … ${outcome} in ${seconds(started)} s`);
    } catch (error) {
      say(`${label} … failed after ${seconds(started)} s: ${error.message}`);
      missing.push(name);
    }
  };
  const ends = new Map();
  const queues = { build: Promise.resolve(), fetch: Promise.resolve() };
  for (const name of names) {
    const { kind, needs = [] } = peers[name];
    const queue = kind === 'go' ? 'build' : 'fetch';
    // What a peer needs stands before it in the table, so its end is known here.
    const before = [queues[queue], ...needs.map((needed) => ends.get(needed))];
    queues[queue] = Promise.all(before).then(() => install(name));
    ends.set(name, queues[queue]);
  }
  await Promise.all(ends.values());
  return missing;
}

/** The named peers and what those that are missing are made of, in the order of the table: cheap ones first. */
function withNeeded(names, environment) {
  const needed = (name) => (findPeer(name, environment) === undefined ? (peers[name].needs ?? []) : []);
  const wanted = new Set(names.flatMap((name) => [name, ...needed(name)]));
  return Object.keys(peers).filter((name) => wanted.has(name));
}

async function installPeer(name, { environment, system }) {
  const peer = peers[name];
  if (findPeer(name, environment) !== undefined) return 'present';
  if (peer.kind === 'go') {
    if (!findOnPath('go', environment)) throw new Error('it is built with Go 1.26.8 or later; there is no go on PATH');
    await buildGoPeer(peer, peerFolder(name, environment), environment);
    return 'built';
  }
  if (peer.kind === 'wheel') {
    await fetchWheelPeer(peer, peerFolder(name, environment), environment);
    return 'fetched';
  }
  if (peer.kind === 'venv') {
    await makeVenvPeer(peer, peerFolder(name, environment), environment);
    return 'installed';
  }
  if (peer.kind === 'images') {
    await makeBaseImages(peerFolder(name, environment), environment);
    return 'made';
  }
  if (peer.kind === 'script') {
    const { install } = await import(`./${name}.mjs`);
    await install(environment);
    return 'installed';
  }
  await installPackage(peer, { environment, system });
  return 'installed';
}

/** Changes the machine itself, which is fine in CI and elsewhere only when it was asked for. */
async function installPackage(peer, { environment, system }) {
  const command = `apt-get install ${peer.package}`;
  if (process.getuid?.() !== 0) throw new Error(`root must run "${command}"`);
  if (!system && environment.CI !== 'true') throw new Error(`install it with "${command}" or add --system`);
  if (!findOnPath('apt-get', environment)) throw new Error('there is no apt-get: install it with what this system has');
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' };
  updated ??= run('apt-get', ['-qq', 'update'], { env });
  await updated;
  await run('apt-get', ['-qq', 'install', '--no-install-recommends', peer.package], { env });
}

let updated;

const seconds = (started) => Math.round((Date.now() - started) / 1000);

/** The peers of the tests: installed in CI, elsewhere only reported, because it takes long and tests can be skipped. */
async function installPeersOfTests(environment) {
  const named = listPeersOfTests(listConformanceTests(root));
  const names = withNeeded(
    named.filter((name) => Object.hasOwn(peers, name)),
    environment,
  );
  const absent = names.filter((name) => findPeer(name, environment) === undefined);
  if (environment.CI === 'true') await installPeers(absent, { environment });
  else if (absent.length > 0) say(`Absent: ${absent.join(', ')}. Install with: npm run peers -- ${absent.join(' ')}`);
  // What could not be installed fails the tests that require it, with their names.
  return [];
}

async function installNamed(options) {
  const names = options.filter((option) => !option.startsWith('--'));
  const unknown = names.filter((name) => !Object.hasOwn(peers, name));
  if (unknown.length > 0) say(`${unknown.join(', ')}: unknown. Known are ${Object.keys(peers).join(', ')}`);
  if (unknown.length > 0) return unknown;
  const wanted = names.length > 0 ? withNeeded(names, process.env) : Object.keys(peers);
  return installPeers(wanted, { system: options.includes('--system') });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = process.argv.slice(2);
  const missing = options.includes('--of-tests') ? await installPeersOfTests(process.env) : await installNamed(options);
  if (missing.length > 0) say(`Missing: ${missing.join(', ')}`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
