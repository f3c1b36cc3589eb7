import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { buildDatabase, buildInput, buildPlatform, buildWorkload } from '../kubernetes/kubernetes.builders.ts';
import { renderHelm } from './render-helm.ts';
import { defaultServiceValues } from './service-values.ts';
import { diffHelmValues } from './values-diff.ts';

const production = buildPlatform({ workloads: [buildWorkload({ replicas: 3 }), buildDatabase()] });
const staging = buildPlatform({ environment: 'staging', workloads: [buildWorkload(), buildDatabase()] });
const files = new Map(renderHelm(buildInput(staging, production)).map(({ path, content }) => [path, content]));

function read(path: string): Record<string, unknown> {
  return parse(files.get(path) ?? '') as Record<string, unknown>;
}

it('has one alias with a switch for each service, from the unpacked copy of one chart', () => {
  expect(read('charts/shop/Chart.yaml')['dependencies']).toEqual([
    {
      name: 'service',
      alias: 'shop-api',
      version: '1.0.0',
      repository: 'file://../service',
      condition: 'shop-api.enabled',
    },
  ]);
  expect(files.get('charts/shop/charts/service/templates/deployment.yaml')).toBe(
    files.get('charts/service/templates/deployment.yaml'),
  );
  expect(read('charts/infrastructure/values.yaml')).toHaveProperty('postgres.kind', 'statefulSet');
});

it('writes for an environment only what differs', () => {
  expect(read('charts/shop/values-staging.yaml')).toEqual({ 'shop-api': { replicas: 1 } });
  expect(read('charts/shop/values-production.yaml')).toEqual({});
});

it('keeps tags out of the values: they have one place, of the form that Kustomize has', () => {
  expect(files.get('charts/shop/values.yaml')).not.toContain('1.0.0');
  expect(read('images/staging.yaml')).toEqual({
    global: { images: [{ name: 'registry.example.com/team/shop-api', newTag: '1.0.0' }] },
  });
});

it('documents the defaults that the code has', () => {
  expect(read('charts/service/values.yaml')).toEqual({ name: '', global: {}, ...defaultServiceValues });
});

it('switches off what an environment does without', () => {
  const without = buildPlatform({ environment: 'staging', workloads: [buildDatabase()] });
  const rendered = renderHelm(buildInput(without, production));
  const values = rendered.find(({ path }) => path === 'charts/shop/values-staging.yaml');
  expect(parse(values?.content ?? '')).toMatchObject({ 'shop-api': { enabled: false } });
});

it('takes a value back by null, and replaces lists whole', () => {
  expect(diffHelmValues({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: 1 }, d: [2] })).toEqual({ a: { c: null }, d: [2] });
});
