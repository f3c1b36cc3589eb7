import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeers, runPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformCharts, renderHelm } from '../src/render/helm/render-helm.ts';
import { objectKey, type KubernetesObject } from '../src/render/kubernetes/kubernetes-object.ts';
import { buildPlatformObjects } from '../src/render/kubernetes/platform-objects.ts';
import type { RenderInput } from '../src/render/renderer.ts';
import { exampleNames, loadExample } from './example-platforms.ts';
import { writeArtifactsTo } from './rendered-folder.ts';
import { templateChart } from './rendered-kubernetes.ts';

const peers = requirePeers('helm');

describe.skipIf(peers.skip).each(exampleNames)('charts of %s', (example) => {
  const { helm } = peers.paths;
  let folder: string;
  let input: RenderInput;
  let charts: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-helm-'));
    input = await loadExample(example);
    charts = platformCharts(input.platform, input.environments).map(({ name }) => name);
    await writeArtifactsTo(folder, renderHelm(input));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function template(environment: string, more: readonly string[] = []): Promise<KubernetesObject[]> {
    const platform = input.environments.find((candidate) => candidate.environment === environment);
    const namespace = platform?.cluster.namespace ?? '';
    const objects = await Promise.all(
      charts.map((chart) => templateChart(helm, folder, { chart, environment, namespace, more })),
    );
    return objects.flat();
  }

  it('pass helm lint --strict', async () => {
    for (const chart of [...charts, 'service']) {
      const { code, stdout, stderr } = await runPeer(helm, ['lint', '--strict', `charts/${chart}`], { cwd: folder });
      expect([code, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('0 chart(s) failed')]);
    }
  });

  it('render the same objects as the builders, in every environment', async () => {
    for (const platform of input.environments) {
      const rendered = (await template(platform.environment)).map(normalize);
      const built = buildPlatformObjects(platform).map(({ object }) => normalize(object));
      expect(sorted(rendered), platform.environment).toEqual(sorted(built));
    }
  });

  it('show a template that renders nothing: one value less is one object or field less', async () => {
    const { environment } = input.platform;
    const services = charts.find((chart) => !['infrastructure', 'gateway'].includes(chart)) ?? '';
    const whole = await template(environment);
    const alias =
      whole.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name !== services)?.metadata.name ?? '';
    const without = await template(environment, ['--set', `${alias}.enabled=false`]);
    const gone = whole.filter((object) => !without.some((other) => objectKey(other) === objectKey(object)));
    expect(gone.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Deployment', 'ServiceAccount', 'NetworkPolicy']),
    );
    const misspelt = template(environment, ['--set', `${alias}.variabels.A=b`]);
    await expect(misspelt).rejects.toThrow(/variabels/);
  });

  it('refuse a workload without a tag, and the tag latest', async () => {
    const { environment } = input.platform;
    const alias = (await template(environment)).find(({ kind }) => kind === 'Deployment')?.metadata.name ?? '';
    await expect(
      template(environment, ['--set-json', 'global.images=[]', '--set', `${alias}.image.tag=`]),
    ).rejects.toThrow('image.tag');
    await expect(template(environment, ['--set', `${alias}.image.tag=latest`])).rejects.toThrow(/latest|not/);
  });

  it('find their dependencies without a network when the unpacked copy is gone', async () => {
    const copy = join(folder, 'copy');
    await cp(join(folder, 'charts'), join(copy, 'charts'), { recursive: true });
    for (const chart of charts.filter((name) => name !== 'gateway')) {
      await rm(join(copy, 'charts', chart, 'charts'), { recursive: true, force: true });
      const { code, stderr } = await runPeer(helm, ['dependency', 'build', `charts/${chart}`], { cwd: copy });
      expect([code, stderr.includes('rror')]).toEqual([0, false]);
    }
  });

  it('ask the readiness path in helm test', async () => {
    const { environment } = input.platform;
    const alias = (await template(environment)).find(({ kind }) => kind === 'Deployment')?.metadata.name ?? '';
    const tested = await template(environment, ['--set', `${alias}.test.enabled=true`]);
    const pod = tested.find(({ kind }) => kind === 'Pod');
    expect(JSON.stringify(pod)).toContain(`http://${alias}:`);
  });
});

/** Without namespace, and without what only Helm reads or calculates in a way of its own. */
function normalize(object: KubernetesObject): KubernetesObject {
  const copy = structuredClone(object) as {
    metadata: { namespace?: string; annotations?: Record<string, string> };
    spec?: { template?: { metadata?: { annotations?: Record<string, string> } } };
  } & KubernetesObject;
  delete copy.metadata.namespace;
  const annotations = Object.entries(copy.metadata.annotations ?? {}).filter(([name]) => !name.startsWith('helm.sh/'));
  delete copy.metadata.annotations;
  if (annotations.length > 0) copy.metadata.annotations = Object.fromEntries(annotations);
  const checksum = copy.spec?.template?.metadata?.annotations?.['checksum/configuration'];
  if (checksum !== undefined && copy.spec?.template?.metadata !== undefined) {
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    delete copy.spec.template.metadata.annotations;
  }
  return copy;
}

function sorted(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.toSorted((left, right) => (objectKey(left) < objectKey(right) ? -1 : 1));
}
