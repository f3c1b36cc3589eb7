import { expect, it } from 'vitest';
import { findEntry } from '../../description/component-index.ts';
import type { EdgeRoute, ResolvedPlatform } from '../../model/platform-model.ts';
import { buildDatabase, buildPlatform, buildWorkload } from './kubernetes.builders.ts';
import { buildNamespacePolicies } from './network-policy.ts';
import { resolveNetworkRules } from './network-rules.ts';

const api = buildWorkload({ name: 'api', calls: ['postgres'] });
const database = buildDatabase();
const route: EdgeRoute = {
  name: 'api',
  host: 'api.shop.example.com',
  path: '/',
  workload: 'api',
  port: 3000,
  kind: 'page',
  rateLimit: undefined,
  timeoutSeconds: 60,
  bodyLimit: 1024,
  critical: false,
  public: true,
  blockedPaths: [],
};

function pods(name: string): Record<string, unknown> {
  return { podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'shop' } } };
}

function platformOf(changes: Partial<ResolvedPlatform> = {}): ResolvedPlatform {
  return buildPlatform({ workloads: [api, database], ...changes });
}

it('opens both sides of a call, at the port that is called', () => {
  const ports = [{ port: 5432, protocol: 'TCP' }];
  expect(resolveNetworkRules(platformOf(), api).egress).toEqual([{ to: [pods('postgres')], ports }]);
  expect(resolveNetworkRules(platformOf(), database).ingress).toEqual([
    { from: [pods('api'), pods('postgres')], ports },
  ]);
});

it('lets the ingress controller reach what has a route, where its cluster puts it', () => {
  const rules = resolveNetworkRules(platformOf({ routes: [route] }), api);
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } };
  expect(rules.ingress).toEqual([{ from: [{ namespaceSelector }], ports: [{ port: 3000, protocol: 'TCP' }] }]);
});

it('lets only the front network out, and not to the address at which clouds hand out credentials', () => {
  const front = buildWorkload({ name: 'front', networks: ['front'] });
  const rules = resolveNetworkRules(platformOf({ workloads: [front] }), front);
  expect(JSON.stringify(rules.egress)).toContain('169.254.0.0/16');
  expect(JSON.stringify(resolveNetworkRules(platformOf(), api).egress)).not.toContain('0.0.0.0/0');
});

it('reaches the private networks around a cluster that has no other', () => {
  const front = buildWorkload({ name: 'front', networks: ['front'] });
  const platform = platformOf({ workloads: [front] });
  const cluster = { ...platform.cluster, airGapped: true };
  const rules = resolveNetworkRules({ ...platform, cluster }, front);
  expect(rules.egress).toEqual([{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] }]);
});

it('denies everything else in the namespace, except names', () => {
  const [deny, names] = buildNamespacePolicies(platformOf());
  expect(deny?.['spec']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] });
  expect(JSON.stringify(names?.['spec'])).toContain('"port":53');
});

it('lets what asks for metrics reach everything that has some', () => {
  const entry = findEntry('prometheus');
  if (entry === undefined) throw new Error('the catalogue has no Prometheus');
  const prometheus = buildWorkload({ name: 'prometheus', kind: 'component', component: 'prometheus' });
  const watched = buildWorkload({ name: 'watched', metrics: { path: '/metrics', port: 3000 } });
  const components = [
    { name: 'prometheus', entry, settings: {}, workloads: ['prometheus'], kubernetes: undefined },
  ] as const;
  const rules = resolveNetworkRules(platformOf({ workloads: [prometheus, watched], components }), prometheus);
  expect(rules.egress).toContainEqual({ to: [pods('watched')], ports: [{ port: 3000, protocol: 'TCP' }] });
});
