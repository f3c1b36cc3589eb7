import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peerFolder } from './find-peers.mjs';
import { run } from './run.mjs';

/**
 * Where the definitions of custom resources come from: Go modules that carry them as files. Versions are those that
 * the module proxy hands out to this Go; the groups that we render have not changed since.
 */
const modules = [
  module('github.com/argoproj/argo-cd/v3', 'v3.5.0', 'manifests/crds'),
  module('github.com/cert-manager/cert-manager', 'v1.21.2', 'deploy/crds'),
  module('github.com/cloudnative-pg/cloudnative-pg', 'v1.27.0', 'config/crd/bases'),
  module('github.com/external-secrets/external-secrets', 'v1.3.2', 'config/crds/bases'),
  module('github.com/fluxcd/source-controller', 'v1.9.0', 'config/crd/bases'),
  module('github.com/fluxcd/kustomize-controller', 'v1.7.3', 'config/crd/bases'),
  module('github.com/fluxcd/helm-controller', 'v1.6.0', 'config/crd/bases'),
  module('github.com/kong/kubernetes-configuration', 'v1.4.0', 'config/crd'),
  module('github.com/prometheus-operator/prometheus-operator', 'v0.85.0', 'example/prometheus-operator-crd'),
  module('github.com/rabbitmq/cluster-operator/v2', 'v2.16.0', 'config/crd/bases'),
  module('github.com/traefik/traefik/v3', 'v3.7.10', 'docs/content/reference/dynamic-configuration'),
];

/** Strimzi is Java: its published generator writes the definitions from its published classes. */
const strimzi = {
  version: '1.2.0',
  classes: {
    Kafka: 'io.strimzi.api.kafka.model.kafka.Kafka',
    KafkaNodePool: 'io.strimzi.api.kafka.model.nodepool.KafkaNodePool',
    KafkaTopic: 'io.strimzi.api.kafka.model.topic.KafkaTopic',
  },
};

function module(path, version, folder) {
  return { path, version, folder };
}

/** The folder of the definitions, one YAML file each; `missing.json` in it says which could not be had, and why. */
export function definitionsFolder(environment) {
  return peerFolder('custom-resource-definitions', environment);
}

/** Fetches all definitions, unless they are there. Resolves to the reasons for those that are missing, by source. */
export async function install(environment = process.env) {
  const target = definitionsFolder(environment);
  if (existsSync(target)) return JSON.parse(await readFile(join(target, 'missing.json'), 'utf8'));
  const work = `${target}.partial`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const missing = {};
  for (const source of modules) {
    await copyFromModule(source, work, environment).catch((error) => (missing[source.path] = reasonOf(error)));
  }
  await generateStrimzi(work, environment).catch((error) => (missing['io.strimzi'] = reasonOf(error)));
  await writeFile(join(work, 'missing.json'), `${JSON.stringify(missing, undefined, 2)}\n`);
  await rename(work, target);
  return missing;
}

async function copyFromModule({ path, version, folder }, target, environment) {
  const env = { ...environment, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' };
  const { Dir, Error: problem } = JSON.parse(
    await run('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd: target, env }),
  );
  if (problem !== undefined) throw new Error(problem);
  const entries = await readdir(join(Dir, folder), { recursive: true });
  let found = 0;
  for (const entry of entries.filter((name) => /\.ya?ml$/.test(name))) {
    const file = join(Dir, folder, entry);
    const text = await readFile(file, 'utf8');
    if (!/^kind: ['"]?CustomResourceDefinition/m.test(text)) continue;
    await copyFile(file, join(target, `${path.split('/').slice(1).join('-')}-${entry.replaceAll('/', '-')}`));
    found += 1;
  }
  if (found === 0) throw new Error(`${folder} of ${path} ${version} holds no definition`);
}

async function generateStrimzi(target, environment) {
  const work = join(target, 'strimzi');
  await mkdir(work, { recursive: true });
  const dependency = (name) =>
    `<dependency><groupId>io.strimzi</groupId><artifactId>${name}</artifactId><version>${strimzi.version}</version></dependency>`;
  const project = [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    '<groupId>plinth</groupId><artifactId>definitions</artifactId><version>1</version>',
    `<dependencies>${dependency('api')}${dependency('crd-generator')}</dependencies></project>`,
  ].join('\n');
  await writeFile(join(work, 'pom.xml'), project);
  const options = { cwd: work, env: environment };
  await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], options);
  const java = await findJava(environment);
  for (const [name, type] of Object.entries(strimzi.classes)) {
    const file = join(target, `strimzi-${name.toLowerCase()}.yaml`);
    await run(java, ['-cp', 'lib/*', 'io.strimzi.crdgenerator.CrdGenerator', '--yaml', `${type}=${file}`], options);
  }
  await rm(work, { recursive: true, force: true });
}

/** A Java of version 21 or later, which Strimzi's classes need; the default of many systems is older. */
async function findJava(environment) {
  const home = environment.JAVA_HOME === undefined ? [] : [join(environment.JAVA_HOME, 'bin', 'java')];
  const installed = await readdir('/usr/lib/jvm').catch(() => []);
  const candidates = [...home, 'java', ...installed.map((name) => join('/usr/lib/jvm', name, 'bin', 'java'))];
  for (const candidate of candidates) {
    const output = await run(candidate, ['--version']).catch(() => '');
    if (Number(/(\d+)/.exec(output)?.[1]) >= 21) return candidate;
  }
  throw new Error('there is no Java of version 21 or later');
}

function reasonOf(error) {
  return String(error.message).split('\n').slice(-3).join(' ').slice(0, 400);
}
