import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requirePeers, runPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWholeCatalogue } from '../src/catalogue/whole-catalogue.builders.ts';
import { resolvePlatform } from '../src/description/resolve-platform.ts';
import { completePlatform } from '../src/render/complete-platform.ts';
import { renderCompose } from '../src/render/compose/compose.ts';
import { objectKey, type KubernetesObject } from '../src/render/kubernetes/kubernetes-object.ts';
import { buildPlatformObjects } from '../src/render/kubernetes/platform-objects.ts';
import type { RenderInput } from '../src/render/renderer.ts';
import { KubernetesApiServer, loadDefinitions } from './kubernetes-api-server.ts';
import { writeArtifactsTo } from './rendered-folder.ts';

/** Every component of the catalogue, in production. */
const inputs: readonly RenderInput[] = describeWholeCatalogue().map((description) => {
  const resolved = Object.keys(description.environments).map((name) => resolvePlatform(description, name));
  const environments = resolved.map((platform) => completePlatform(platform, resolved).platform);
  const platform = environments.find(({ environment }) => environment === 'production');
  if (platform === undefined) throw new Error('there is no production');
  return { platform, environments };
});

const compose = requirePeers('docker-compose');
const cluster = requirePeers('etcd', 'kube-apiserver', 'custom-resource-definitions');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plinth-catalogue-targets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(compose.skip)('docker compose config', () => {
  it.each(inputs)('accepts every component of $platform.name', async (input) => {
    const cwd = join(folder, input.platform.name);
    const artifacts = renderCompose(input);
    await writeArtifactsTo(cwd, artifacts);
    const layers = ['compose.yaml', 'compose.dev.yaml', 'compose.monitoring.yaml'];
    const files = layers.filter((file) => artifacts.some(({ path }) => path === file));
    const all = [...files.flatMap((file) => ['--file', file]), '--profile', '*', 'config', '--quiet'];
    const { code, stdout, stderr } = await runPeer(compose.paths['docker-compose'], all, { cwd });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe.skipIf(cluster.skip)('a real API server, strict about fields', () => {
  let server: KubernetesApiServer;
  beforeAll(async () => {
    server = await KubernetesApiServer.start(cluster.paths, folder);
  }, 300_000);
  afterAll(() => server?.stop());

  it('accepts every object of every component', async () => {
    const file = cluster.paths['custom-resource-definitions'];
    const missing = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, string>>;
    const known = await loadDefinitions(dirname(file));
    const placed = inputs.map(({ platform }) => ({
      namespace: platform.cluster.namespace,
      objects: buildPlatformObjects(platform).map(({ object }) => object),
    }));
    const custom = placed.flatMap(({ objects }) => objects.filter(isCustom).map(kindOf));
    const kinds = [...new Set(custom)].toSorted();
    await server.define(kinds.flatMap((kind) => known.get(kind) ?? []));
    const undefinedKinds = kinds.filter((kind) => !known.has(kind));
    if (undefinedKinds.length > 0) console.warn(`SKIPPED ${undefinedKinds.join(', ')}: ${JSON.stringify(missing)}`);
    const faults: string[] = [];
    let accepted = 0;
    for (const { namespace, objects } of placed) {
      await server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, undefined, false);
      for (const object of objects.filter((candidate) => !undefinedKinds.includes(kindOf(candidate)))) {
        const answer = await server.create(object, namespace, true);
        if (answer.status !== 201) faults.push(`${objectKey(object)}: ${answer.status} ${answer.body.message ?? ''}`);
        accepted += 1;
      }
    }
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(500);
  }, 300_000);
});

function isCustom({ apiVersion }: KubernetesObject): boolean {
  return /\./.test(apiVersion) && !apiVersion.includes('k8s.io');
}

function kindOf({ kind, apiVersion }: KubernetesObject): string {
  return `${kind}.${apiVersion.split('/')[0]}`;
}
