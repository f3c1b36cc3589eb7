import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, peerFolder, peersFolder } from './find-peers.mjs';
import { peers } from './peers.mjs';
import { run } from './run.mjs';

const keycloakVersion = peers.keycloak.version;

/** Where the distribution is, or would be. */
export function keycloakFolder(environment) {
  return peerFolder('keycloak', environment);
}

/**
 * Gets the distribution by Maven, and builds it once for its own database in a file: a server that is built starts in
 * a third of the time.
 */
export async function install(environment = process.env) {
  const folder = keycloakFolder(environment);
  if (existsSync(join(folder, 'bin/kc.sh'))) return 'present';
  for (const program of ['mvn', 'java', 'tar'])
    if (!findOnPath(program, environment)) throw new Error(`there is no ${program} on PATH`);
  mkdirSync(peersFolder(environment), { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'plinth-keycloak-'));
  const unfinished = `${folder}.${process.pid}`;
  try {
    await run('mvn', [
      '--batch-mode',
      '--quiet',
      'org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy',
      `-Dartifact=org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:tar.gz`,
      `-DoutputDirectory=${work}`,
    ]);
    mkdirSync(unfinished);
    const archive = join(work, `keycloak-quarkus-dist-${keycloakVersion}.tar.gz`);
    await run('tar', ['--extract', '--gzip', '--strip-components=1', `--file=${archive}`, `--directory=${unfinished}`]);
    await run(join(unfinished, 'bin/kc.sh'), [
      'build',
      '--db=dev-file',
      '--cache=local',
      '--health-enabled=true',
      '--metrics-enabled=true',
      '--event-metrics-user-enabled=true',
    ]);
    renameSync(unfinished, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
  return 'installed';
}
