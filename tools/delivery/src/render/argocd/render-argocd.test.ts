import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { buildDatabase, buildInput, buildPlatform, buildWorkload } from '../kubernetes/kubernetes.builders.ts';
import { renderArgocd } from './render-argocd.ts';

const migrate = buildWorkload({ name: 'migrate', kind: 'core', runsOnce: true, ports: [], health: undefined });
const platform = buildPlatform({
  workloads: [buildWorkload(), buildDatabase(), migrate],
  cluster: { ...buildPlatform().cluster, secretStore: 'external-secrets' },
});

interface Application {
  readonly metadata: { readonly annotations: Record<string, string>; readonly finalizers?: readonly string[] };
  readonly spec: {
    readonly source?: { readonly path: string };
    readonly sources?: readonly { readonly path: string }[];
    readonly syncPolicy: { readonly automated: unknown };
  };
}

function render(changed = platform): Map<string, Application> {
  return new Map(renderArgocd(buildInput(changed)).map(({ path, content }) => [path, parse(content) as Application]));
}

it('orders operators, what is shared, infrastructure, services', () => {
  const waves = [...render()].map(([path, { metadata }]) => [
    path,
    metadata.annotations?.['argocd.argoproj.io/sync-wave'],
  ]);
  expect(Object.fromEntries(waves)).toMatchObject({
    'clusters/production/roots/cluster.yaml': '-5',
    'clusters/production/roots/production.yaml': '0',
    'clusters/production/add-ons/shop-external-secrets.yaml': '-5',
    'production/shop-production-foundation.yaml': '-5',
    'production/shop-production-infrastructure.yaml': '-3',
    'production/shop-production-services.yaml': '0',
  });
});

it('waits for the health of applications, which Argo CD does not do by itself', () => {
  const settings = JSON.stringify(render().get('clusters/production/add-ons/argocd-cm.yaml'));
  expect(settings).toContain('resource.customizations.health.argoproj.io_Application');
  expect(settings).toContain('Prune=false');
});

it('syncs migrations and services together, so that an image that changes in both changes in order', () => {
  const { spec } = render().get('production/shop-production-services.yaml')!;
  expect(spec.sources?.map(({ path }) => path)).toEqual([
    'kustomize/overlays/production/migrations',
    'kustomize/overlays/production/services',
  ]);
});

it('leads a cluster to the environments that are on it, and to no other', () => {
  const staging = { ...platform, environment: 'staging', cluster: { ...platform.cluster, name: 'staging' } };
  const roots = (...environments: (typeof platform)[]) =>
    renderArgocd(buildInput(...environments))
      .map(({ path }) => path)
      .filter((path) => path.startsWith('clusters/') && path.includes('/roots/'));
  expect(roots(staging, platform)).toEqual([
    'clusters/production/roots/cluster.yaml',
    'clusters/production/roots/production.yaml',
    'clusters/staging/roots/cluster.yaml',
    'clusters/staging/roots/staging.yaml',
  ]);
  const together = { ...staging, cluster: { ...staging.cluster, name: 'production' } };
  expect(roots(together, platform)).toEqual([
    'clusters/production/roots/cluster.yaml',
    'clusters/production/roots/production.yaml',
    'clusters/production/roots/staging.yaml',
  ]);
});

it('prunes services and never infrastructure', () => {
  const files = render();
  expect(files.get('production/shop-production-services.yaml')?.spec.syncPolicy.automated).toEqual({
    prune: true,
    selfHeal: true,
  });
  const infrastructure = files.get('production/shop-production-infrastructure.yaml');
  expect(infrastructure?.spec.syncPolicy.automated).toEqual({ prune: false, selfHeal: true });
  expect(infrastructure?.metadata.finalizers).toBeUndefined();
});

it('applies the charts where the platform has no Kustomize tree', () => {
  const files = render({ ...platform, targets: ['helm', 'argocd'] });
  expect(files.get('production/shop-production-services.yaml')?.spec.source).toMatchObject({
    path: 'helm/charts/shop',
    helm: { valueFiles: ['values-production.yaml', '../../images/production.yaml'] },
  });
});

it('waits for sealed secrets before anything that needs them', () => {
  const sealed = buildPlatform({
    workloads: [buildWorkload({ secretFiles: ['token'] })],
    cluster: { ...buildPlatform().cluster, secretStore: 'sealed-secrets' },
  });
  const secrets = render(sealed).get('production/shop-production-secrets.yaml');
  expect(secrets?.metadata.annotations['argocd.argoproj.io/sync-wave']).toBe('-4');
  expect(secrets?.spec.source?.path).toBe('sealed-secrets/production');
});

it('reaches for nothing outside of the repository on an air-gapped cluster', () => {
  const closed = { ...platform, cluster: { ...platform.cluster, airGapped: true } };
  const text = renderArgocd(buildInput(closed))
    .map(({ content }) => content)
    .join('');
  const repositories = [...text.matchAll(/repoURL: (.*)/g)].map(([, repository]) => repository);
  expect([...new Set(repositories)]).toEqual(['https://git.example.com/shop/deploy.git']);
  expect(text).toContain('path: third-party/external-secrets');
});
