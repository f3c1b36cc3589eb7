import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requirePeers } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '../src/catalogue/catalogue-entry.ts';
import type { Target } from '../src/model/platform-model.ts';
import { renderArgocd } from '../src/render/argocd/render-argocd.ts';
import { renderFlux } from '../src/render/flux/render-flux.ts';
import { objectKey, type KubernetesObject } from '../src/render/kubernetes/kubernetes-object.ts';
import { buildInput, buildPlatform } from '../src/render/kubernetes/kubernetes.builders.ts';
import { buildPlatformObjects } from '../src/render/kubernetes/platform-objects.ts';
import { renderKustomize } from '../src/render/kustomize/render-kustomize.ts';
import type { Render, RenderInput } from '../src/render/renderer.ts';
import { exampleNames, loadExample } from './example-platforms.ts';
import { KubernetesApiServer, loadDefinitions, parseObjects } from './kubernetes-api-server.ts';
import { writeArtifactsTo } from './rendered-folder.ts';
import { buildOverlay, withPlatforms } from './rendered-kubernetes.ts';

const peers = requirePeers('kustomize', 'etcd', 'kube-apiserver', 'custom-resource-definitions');

/** Objects that belong together, and the namespace into which they are applied. */
interface Tree {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

describe.skipIf(peers.skip)('the one file of image tags', () => {
  const frontend = {
    apiVersion: 'apps.example.com/v1',
    kind: 'Frontend',
    metadata: { name: 'web' },
    spec: { image: 'registry.example.com/team/shop-api:1.0.0' },
  };

  async function imagesWith(edit: (path: string, content: string) => string): Promise<string[]> {
    const folder = await mkdtemp(join(tmpdir(), 'plinth-images-'));
    const entry = buildEntry(frontend);
    const component = { name: 'front', entry, settings: {}, workloads: [], kubernetes: [frontend] };
    const artifacts = renderKustomize(buildInput(buildPlatform({ components: [component] })));
    await writeArtifactsTo(
      folder,
      artifacts.map(({ path, content }) => ({ path, content: edit(path, content) })),
    );
    const objects = await buildOverlay(peers.paths.kustomize, join(folder, 'overlays/production'));
    await rm(folder, { recursive: true });
    return objects.flatMap(
      (object) => JSON.stringify(object).match(/registry\.example\.com\/team\/shop-api[^"]*/g) ?? [],
    );
  }

  it('reaches native and custom resources alike', async () => {
    const changed = await imagesWith((path, content) =>
      path.includes('/images/') ? content.replace('1.0.0', '2.0.0') : content,
    );
    expect(changed).toEqual(['registry.example.com/team/shop-api:2.0.0', 'registry.example.com/team/shop-api:2.0.0']);
  });

  it('would miss custom resources without the list of their fields', async () => {
    const changed = await imagesWith((path, content) =>
      path.includes('/images/') ? content.replace('1.0.0', '2.0.0').replace(/configurations:\n.*\n/, '') : content,
    );
    expect(changed.toSorted()).toEqual([
      'registry.example.com/team/shop-api:1.0.0',
      'registry.example.com/team/shop-api:2.0.0',
    ]);
  });
});

describe.skipIf(peers.skip)('a real API server, strict about fields', () => {
  let folder: string;
  let server: KubernetesApiServer;
  const trees: Tree[] = [];
  let undefinedKinds = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-kubernetes-'));
    trees.push(...(await collectTrees(folder, peers.paths.kustomize)));
    server = await KubernetesApiServer.start(peers.paths, folder);
    undefinedKinds = await defineKinds(server, trees);
    for (const [kind, reason] of undefinedKinds) console.warn(`SKIPPED ${kind}: ${reason}`);
  }, 300_000);

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('accepts every object of every tree', async () => {
    const faults: string[] = [];
    let accepted = 0;
    for (const { name, objects } of trees) {
      await createNamespaces(server, objects);
      for (const object of objects.filter((candidate) => !undefinedKinds.has(kindOf(candidate)))) {
        const answer = await server.create(object, undefined, true);
        const isThere = answer.status === 409 && object.kind === 'Namespace';
        if (answer.status !== 201 && !isThere)
          faults.push(`${name} ${objectKey(object)}: ${answer.status} ${answer.body.message ?? ''}`);
        // Pods that the namespace's own level would refuse, and fields that the server no longer wants.
        faults.push(...answer.warnings.map((warning) => `${name} ${objectKey(object)}: ${warning}`));
        accepted += 1;
      }
    }
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(300);
  });

  it('lets Alloy read the pods of its namespace and their logs, and nothing else', async () => {
    const tree = trees.find(({ objects }) =>
      objects.some(({ kind, metadata }) => kind === 'Role' && metadata.name === 'alloy'),
    );
    const namespace = tree?.objects.find(({ kind }) => kind === 'Role')?.metadata.namespace ?? '';
    for (const object of tree?.objects.filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding') ?? [])
      expect((await server.create(object, undefined, false)).status).toBe(201);
    const mayAlloy = async (verb: string, resource: string, where: string): Promise<unknown> => {
      const [name, subresource] = resource.split('/');
      const resourceAttributes = { namespace: where, verb, resource: name, subresource };
      const user = `system:serviceaccount:${namespace}:alloy`;
      const review: KubernetesObject = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        metadata: { name: '' },
        spec: { user, resourceAttributes },
      };
      return ((await server.create(review, undefined, false)).body['status'] as { readonly allowed: boolean }).allowed;
    };
    expect(await mayAlloy('watch', 'pods', namespace)).toBe(true);
    expect(await mayAlloy('get', 'pods/log', namespace)).toBe(true);
    expect(await mayAlloy('get', 'pods/log', 'kube-system')).toBe(false);
    expect(await mayAlloy('list', 'pods', '')).toBe(false);
    expect(await mayAlloy('get', 'secrets', namespace)).toBe(false);
    expect(await mayAlloy('create', 'pods/exec', namespace)).toBe(false);
  });

  it('refuses a misspelt field, a value of the wrong shape, and warns of a pod that is too free', async () => {
    const tree = trees.find(({ name }) => name.startsWith('restricted'));
    const deployment = tree?.objects.find(({ kind }) => kind === 'Deployment');
    const policy = tree?.objects.find(({ kind }) => kind === 'NetworkPolicy');
    if (deployment === undefined || policy === undefined)
      throw new Error('the tree has no Deployment or NetworkPolicy');
    const misspelt = change(deployment, (text) => text.replace('"readinessProbe"', '"readynessProbe"'));
    expect((await server.create(misspelt, undefined, true)).body.message).toContain('unknown field');
    const wrong = change(policy, (text) => text.replace(/"policyTypes":\[[^\]]*\]/, '"policyTypes":{"0":"Egress"}'));
    expect((await server.create(wrong, undefined, true)).body.message).toContain('policyTypes');
    const free = change(deployment, (text) =>
      text.replace('"allowPrivilegeEscalation":false', '"allowPrivilegeEscalation":true'),
    );
    const { warnings } = await server.create(free, undefined, true);
    expect(warnings.join()).toContain('would violate PodSecurity');
  });

  it('refuses a field of the wrong shape in a custom resource', async () => {
    const kafka = trees.flatMap(({ objects }) => objects).find(({ kind }) => kind === 'KafkaNodePool');
    if (kafka === undefined || undefinedKinds.has(kindOf(kafka))) return;
    const wrong = change(kafka, (text) => text.replace(/"roles":\[[^\]]*\]/, '"roles":{"0":"broker"}'));
    const { status, body } = await server.create(wrong, undefined, true);
    expect([status, body.message]).toEqual([400, expect.stringContaining('roles')]);
  });
});

/** A component whose operator runs an image of the platform. */
function buildEntry(resource: Readonly<Record<string, unknown>>): CatalogueEntry {
  return {
    name: 'front',
    title: 'Front',
    doc: '',
    tier: '09',
    version: '1',
    license: 'Apache-2.0',
    website: '',
    settings: {},
    secrets: [],
    containers: [],
    requires: [],
    provides: [],
    watch: { dashboard: 'service-health' },
    kubernetes: {
      form: 'operator',
      operator: { name: 'front', repository: 'https://charts.example.com', chart: 'front', version: '1.0.0' },
      definitions: [],
      resources: [resource],
      services: {},
    },
    backup: { method: 'none', because: 'keeps nothing' },
  };
}

function change(object: KubernetesObject, edit: (text: string) => string): KubernetesObject {
  const before = JSON.stringify(object);
  const after = edit(before);
  expect(after).not.toBe(before);
  return JSON.parse(after) as KubernetesObject;
}

function kindOf({ kind, apiVersion }: KubernetesObject): string {
  return `${kind}.${apiVersion.split('/')[0]}`;
}

async function collectTrees(folder: string, kustomize: string): Promise<Tree[]> {
  const trees: Tree[] = [];
  for (const example of exampleNames) {
    const input = await loadExample(example);
    // Also of platforms that run on Compose: every component of the catalogue must be able to run here.
    trees.push(...(await buildOverlays(folder, kustomize, example, input)));
    if (names(input, 'argocd')) trees.push(parseTree(`${example} argocd`, renderArgocd, input));
    if (names(input, 'flux')) trees.push(parseTree(`${example} flux`, renderFlux, input));
  }
  const saas = await loadExample('saas-on-one-vm');
  const byHelm = withPlatforms(saas, (platform) => ({ ...platform, targets: ['helm', 'argocd', 'flux'] }));
  trees.push(parseTree('charts by argocd', renderArgocd, byHelm), parseTree('charts by flux', renderFlux, byHelm));
  // Without pods of operators the namespace's level is the strictest, and the server warns of any that does not meet it.
  const strict = withPlatforms(saas, (platform) => ({
    ...platform,
    cluster: { ...platform.cluster, namespace: `restricted-${platform.environment}` },
    components: [],
    workloads: platform.workloads.filter(({ kind }) => kind !== 'component'),
  }));
  trees.push(...(await buildOverlays(folder, kustomize, 'restricted', strict)));
  for (const ingressClass of ['traefik', 'nginx']) {
    const other = withPlatforms(saas, (platform) => ({
      ...platform,
      cluster: {
        ...platform.cluster,
        namespace: `${ingressClass}-${platform.environment}`,
        ingressClass,
        secretStore: 'external-secrets',
      },
    }));
    trees.push(...(await buildOverlays(folder, kustomize, ingressClass, other)));
  }
  return trees;
}

function names({ platform }: RenderInput, target: Target): boolean {
  return platform.targets.includes(target);
}

async function buildOverlays(folder: string, kustomize: string, label: string, input: RenderInput): Promise<Tree[]> {
  const root = join(folder, label);
  const artifacts = renderKustomize(input);
  await writeArtifactsTo(root, artifacts);
  const storage = artifacts.filter(({ path }) => path === 'cluster/storage/storage.yaml');
  const cluster = storage.map(({ content }) => ({ name: `${label} storage`, objects: parseObjects(content) }));
  const overlays = await Promise.all(
    input.environments.map(async (platform) => {
      const name = `${label} ${platform.environment}`;
      const objects = await buildOverlay(kustomize, join(root, 'overlays', platform.environment));
      // Base and patches together are what the builders made for the environment.
      const built = objects.filter(({ kind }) => kind !== 'Namespace').map(withoutNamespace);
      const expected = buildPlatformObjects(platform).map(({ object }) => withoutNamespace(object));
      expect(sorted(built), name).toEqual(sorted(expected));
      return { name, objects };
    }),
  );
  return [...cluster, ...overlays];
}

/** Kustomize puts the namespace into objects, and into the accounts that a binding names. */
function withoutNamespace(object: KubernetesObject): KubernetesObject {
  const { namespace: _namespace, ...metadata } = object.metadata;
  const subjects = object['subjects'] as readonly { readonly namespace?: string }[] | undefined;
  return {
    ...object,
    metadata,
    ...(subjects === undefined ? {} : { subjects: subjects.map(({ namespace: _own, ...subject }) => subject) }),
  };
}

function sorted(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.toSorted((left, right) => (objectKey(left) < objectKey(right) ? -1 : 1));
}

function parseTree(name: string, render: Render, input: RenderInput): Tree {
  return {
    name,
    objects: render(input)
      .filter(({ path }) => path.endsWith('.yaml'))
      .flatMap(({ content }) => parseObjects(content)),
  };
}

/** Installs the definitions of all custom kinds; answers those that could not be had, with the reason. */
async function defineKinds(server: KubernetesApiServer, trees: readonly Tree[]): Promise<Map<string, string>> {
  const missing = await readFile(peers.paths['custom-resource-definitions'], 'utf8');
  const known = await loadDefinitions(dirname(peers.paths['custom-resource-definitions']));
  const custom = trees
    .flatMap(({ objects }) => objects)
    .filter(({ apiVersion }) => /\./.test(apiVersion) && !apiVersion.includes('k8s.io'))
    .map(kindOf);
  const kinds = [...new Set(custom)].toSorted();
  await server.define(kinds.flatMap((kind) => known.get(kind) ?? []));
  return new Map(kinds.filter((kind) => !known.has(kind)).map((kind) => [kind, missing]));
}

/** The namespaces that objects are in, with their own level of pod security as a warning too. */
async function createNamespaces(server: KubernetesApiServer, objects: readonly KubernetesObject[]): Promise<void> {
  const own = objects.filter(({ kind }) => kind === 'Namespace');
  const others = objects
    .flatMap(({ metadata }) => metadata.namespace ?? [])
    .filter((name) => !own.some(({ metadata }) => metadata.name === name));
  const plain = [...new Set(others)].map((name): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  for (const namespace of [...own, ...plain]) {
    const { labels = {} } = namespace.metadata;
    const level = labels['pod-security.kubernetes.io/enforce'] ?? 'privileged';
    const metadata = { ...namespace.metadata, labels: { ...labels, 'pod-security.kubernetes.io/warn': level } };
    await server.create({ ...namespace, metadata }, undefined, false);
  }
}
