import { expect, it } from 'vitest';
import { resolveAddOns } from './add-ons.ts';
import { buildPlatform } from './kubernetes.builders.ts';
import type { ClusterSettings, EdgeRoute } from '../../model/platform-model.ts';

const route: EdgeRoute = {
  name: 'shop-api',
  host: 'api.shop.example.com',
  path: '/',
  workload: 'shop-api',
  port: 3000,
  kind: 'page',
  rateLimit: undefined,
  timeoutSeconds: 60,
  bodyLimit: 1024,
  critical: false,
  public: true,
  blockedPaths: [],
};

function namesWith(cluster: Partial<ClusterSettings>): string[] {
  const platform = buildPlatform({ routes: [route] });
  return resolveAddOns([{ ...platform, cluster: { ...platform.cluster, ...cluster } }]).map(({ name }) => name);
}

it('brings the operators of everything that is rendered, and nothing that the cluster has', () => {
  expect(namesWith({})).toEqual(['cert-manager']);
  expect(namesWith({ secretStore: 'external-secrets' })).toEqual(['cert-manager', 'external-secrets']);
  expect(namesWith({ ingressClass: 'kong', secretStore: 'sealed-secrets' })).toEqual([
    'cert-manager',
    'ingress-controller',
    'sealed-secrets',
  ]);
  expect(namesWith({ kind: 'managed', ingressClass: 'nginx' })).toEqual(['cert-manager']);
});

it('brings storage to a cluster that has none, so that no claim stays unbound', () => {
  expect(namesWith({ kind: 'kubeadm' })).toEqual(['cert-manager', 'ingress-controller', 'storage']);
});

it('installs one operator once, for all environments together', () => {
  const production = buildPlatform({ routes: [route] });
  const staging = buildPlatform({ routes: [route], environment: 'staging' });
  expect(resolveAddOns([staging, production]).map(({ name }) => name)).toEqual(['cert-manager']);
});
