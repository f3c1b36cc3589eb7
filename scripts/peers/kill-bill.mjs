import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, peerFolder, peersFolder } from './find-peers.mjs';
import { peers } from './peers.mjs';
import { run } from './run.mjs';

const killBillVersion = peers['kill-bill'].version;
// The last line of Tomcat that has javax.servlet, which the war is written for.
const tomcatVersion = '9.0.117';
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.9.0';

/**
 * Gets the server's web application and Tomcat by Maven and lays them out as `webapp`, `tomcat` and `ddl`. The
 * application is unpacked once: Tomcat would do it at each start. `ddl` holds the tables as its modules bring them.
 */
export async function install(environment = process.env) {
  const folder = peerFolder('kill-bill', environment);
  if (existsSync(folder)) return 'present';
  for (const program of ['mvn', 'java', 'tar', 'unzip'])
    if (!findOnPath(program, environment)) throw new Error(`there is no ${program} on PATH`);
  mkdirSync(peersFolder(environment), { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'plinth-kill-bill-'));
  const unfinished = `${folder}.${process.pid}`;
  try {
    const war = `killbill-profiles-killbill-${killBillVersion}.war`;
    await fetch(`org.kill-bill.billing:killbill-profiles-killbill:${killBillVersion}:war`, work);
    await fetch(`org.apache.tomcat:tomcat:${tomcatVersion}:tar.gz`, work);
    for (const part of ['webapp', 'tomcat', 'ddl']) mkdirSync(join(unfinished, part), { recursive: true });
    await run('unzip', ['-q', join(work, war), '-d', join(unfinished, 'webapp')]);
    await run('tar', [
      '--extract',
      '--gzip',
      '--strip-components=1',
      `--file=${join(work, `tomcat-${tomcatVersion}.tar.gz`)}`,
      `--directory=${join(unfinished, 'tomcat')}`,
    ]);
    await unpackTables(join(unfinished, 'webapp/WEB-INF/lib'), join(unfinished, 'ddl'), work);
    renameSync(unfinished, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
  return 'installed';
}

function fetch(artifact, folder) {
  return run('mvn', [
    '--batch-mode',
    '--quiet',
    `${plugin}:copy`,
    `-Dartifact=${artifact}`,
    `-DoutputDirectory=${folder}`,
  ]);
}

/** One file for each module; `0-postgresql.sql` defines the types of MySQL that the others use. */
async function unpackTables(libraries, folder, work) {
  const modules = readdirSync(libraries).flatMap((file) => {
    const [, module] =
      /^killbill-(account|beatrix|catalog|entitlement|invoice|payment|queue|subscription|tenant|usage|util)-[\d.]+\.jar$/.exec(
        file,
      ) ?? [];
    return module === undefined ? [] : [[module, join(libraries, file)]];
  });
  if (modules.length !== 11) throw new Error(`the web application has other modules: ${modules.join(', ')}`);
  for (const [module, jar] of modules) {
    const target = join(work, module);
    await run('unzip', ['-q', '-j', jar, '*/ddl.sql', '-d', target]);
    renameSync(join(target, 'ddl.sql'), join(folder, `${module}.sql`));
    if (module !== 'util') continue;
    await run('unzip', ['-q', '-j', jar, '*/ddl-postgresql.sql', '-d', target]);
    renameSync(join(target, 'ddl-postgresql.sql'), join(folder, '0-postgresql.sql'));
  }
}
