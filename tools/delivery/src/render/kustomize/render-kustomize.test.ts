import { parse, parseAllDocuments } from 'yaml';
import { expect, it } from 'vitest';
import { buildInput, buildPlatform, buildWorkload } from '../kubernetes/kubernetes.builders.ts';
import { findImageFields } from '../kubernetes/image-reference.ts';
import { renderKustomize } from './render-kustomize.ts';

const production = buildPlatform({ workloads: [buildWorkload({ replicas: 3 })] });
const staging = buildPlatform({
  environment: 'staging',
  workloads: [buildWorkload({ image: 'registry.example.com/team/shop-api:1.1.0' })],
});
const files = new Map(renderKustomize(buildInput(staging, production)).map(({ path, content }) => [path, content]));

it('writes in an overlay only what differs from the base', () => {
  expect(parse(files.get('overlays/staging/services/patches/deployment-shop-api.yaml') ?? '')).toEqual(
    expect.arrayContaining([{ op: 'replace', path: '/spec/replicas', value: 1 }]),
  );
  // Production is what the others differ from; only what they do not have at all is written beside it.
  expect([...files.keys()].filter((path) => path.startsWith('overlays/production/services/patches'))).toEqual([]);
  const own = parse(files.get('overlays/production/services/shop-api.yaml') ?? '') as Record<string, unknown>;
  expect(own['kind']).toBe('PodDisruptionBudget');
});

it('keeps image tags in one file of the environment, which a machine may change', () => {
  const images = parse(files.get('overlays/staging/images/kustomization.yaml') ?? '') as Record<string, unknown>;
  expect(images['kind']).toBe('Component');
  expect(images['images']).toEqual([{ name: 'registry.example.com/team/shop-api', newTag: '1.1.0' }]);
  const others = [...files].filter(([path]) => path.startsWith('overlays/staging/') && !path.includes('/images/'));
  expect(others.filter(([, content]) => content.includes('1.1.0'))).toEqual([]);
});

it('adds what only one environment has, with all of its objects', () => {
  const extra = buildPlatform({ environment: 'staging', workloads: [buildWorkload(), buildWorkload({ name: 'lab' })] });
  const rendered = renderKustomize(buildInput(extra, production));
  const lab = rendered.find(({ path }) => path === 'overlays/staging/services/lab.yaml');
  expect(parseAllDocuments(lab?.content ?? '')).toHaveLength(5);
  expect(rendered.some(({ path }) => path === 'base/services/lab.yaml')).toBe(false);
});

it('finds the fields of custom resources that hold an image of the platform', () => {
  const frontend = {
    apiVersion: 'apps.plinth.dev/v1',
    kind: 'Frontend',
    metadata: { name: 'web' },
    spec: {
      image: 'registry.example.com/team/web:1.0.0',
      sidecars: [{ image: 'registry.example.com/team/web:1.0.0' }],
    },
  };
  const fields = findImageFields([frontend], [{ repository: 'registry.example.com/team/web', tag: '1.0.0' }]);
  expect(fields.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'Frontend spec/image',
    'Frontend spec/sidecars[]/image',
  ]);
});

it('gives the same bytes whichever environment is rendered', () => {
  const other = renderKustomize({ platform: staging, environments: [staging, production] });
  expect(new Map(other.map(({ path, content }) => [path, content]))).toEqual(files);
});
