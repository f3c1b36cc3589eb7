import { parseAllDocuments } from 'yaml';
import { expect, it } from 'vitest';
import { buildDatabase, buildInput, buildPlatform, buildWorkload } from '../kubernetes/kubernetes.builders.ts';
import { renderFlux } from './render-flux.ts';

interface FluxObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly wait?: boolean;
    readonly prune?: boolean;
    readonly chart?: { readonly spec: Record<string, unknown> };
  };
}

const platform = buildPlatform({ workloads: [buildWorkload(), buildDatabase()] });

function read(path: string, changed = platform): FluxObject[] {
  const file = renderFlux(buildInput(changed)).find((artifact) => artifact.path === path);
  return parseAllDocuments(file?.content ?? '').map((document) => document.toJS() as FluxObject);
}

it('lets each part wait until the one before is healthy', () => {
  const parts = read('production/parts.yaml');
  expect(parts.map(({ metadata, spec }) => [metadata.name, spec.dependsOn?.[0]?.name, spec.wait, spec.prune])).toEqual([
    ['shop-production-foundation', undefined, true, false],
    ['shop-production-infrastructure', 'shop-production-foundation', true, false],
    ['shop-production-services', 'shop-production-infrastructure', true, true],
  ]);
});

it('applies charts at each revision where the platform has no Kustomize tree', () => {
  const releases = read('production/parts.yaml', { ...platform, targets: ['helm', 'flux'] });
  expect(releases.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ['HelmRelease', 'shop-production-infrastructure'],
    ['HelmRelease', 'shop-production-shop'],
  ]);
  expect(releases[1]?.spec.chart?.spec).toMatchObject({
    chart: './helm/charts/shop',
    reconcileStrategy: 'Revision',
    valuesFiles: expect.arrayContaining(['./helm/images/production.yaml']),
  });
});

it('leaves image tags to their one writer', () => {
  const kinds = renderFlux(buildInput(platform)).flatMap(({ path }) => read(path).map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind.startsWith('Image'))).toEqual([]);
});

it('tells a cluster of the environments that are on it, and of no other', () => {
  const names = (path: string, ...environments: (typeof platform)[]) => {
    const found = renderFlux(buildInput(...environments)).find((artifact) => artifact.path === path);
    return parseAllDocuments(found?.content ?? '').map((document) => (document.toJS() as FluxObject).metadata.name);
  };
  const staging = { ...platform, environment: 'staging', cluster: { ...platform.cluster, name: 'staging' } };
  expect(names('clusters/staging.yaml', staging, platform)).toEqual(['shop', 'shop-staging']);
  const together = { ...staging, cluster: { ...staging.cluster, name: 'production' } };
  expect(names('clusters/production.yaml', together, platform)).toEqual(['shop', 'shop-staging', 'shop-production']);
});
