import { expect, it } from 'vitest';
import { findEntry } from '../../description/component-index.ts';
import type { Workload } from '../../model/platform-model.ts';
import { buildDatabase, buildPlatform, buildWorkload } from './kubernetes.builders.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { buildAliases } from './service.ts';
import { buildWorkloadObjects } from './workload-objects.ts';

function objectsOf(workload: Workload, platform = buildPlatform()): Map<string, KubernetesObject> {
  const objects = buildWorkloadObjects({ ...platform, workloads: [workload] }, workload);
  return new Map(objects.map((object) => [object.kind, object]));
}

function podOf(object: KubernetesObject | undefined): Record<string, unknown> {
  if (object === undefined) throw new Error('there is no such object');
  const { template } = object['spec'] as { readonly template: { readonly spec: Record<string, unknown> } };
  return template.spec;
}

function containerOf(object: KubernetesObject | undefined): Record<string, unknown> {
  const [container] = podOf(object)['containers'] as readonly Record<string, unknown>[];
  return container ?? {};
}

it('runs a service as a hardened Deployment with an account and a policy of its own', () => {
  const objects = objectsOf(buildWorkload());
  expect([...objects.keys()]).toEqual(['ServiceAccount', 'ConfigMap', 'Service', 'Deployment', 'NetworkPolicy']);
  const deployment = objects.get('Deployment');
  expect(podOf(deployment)).toMatchObject({
    serviceAccountName: 'shop-api',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: 'RuntimeDefault' } },
  });
  expect(containerOf(deployment)['securityContext']).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(deployment?.['spec']).toMatchObject({
    replicas: 1,
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  });
});

it('leaves the number of pods to the autoscaler, and keeps one of several pods while nodes are drained', () => {
  const autoscaling = { minimum: 2, maximum: 5, cpuPercent: 80, memoryPercent: 80 };
  const objects = objectsOf(buildWorkload({ autoscaling, replicas: 2 }));
  expect(objects.get('Deployment')?.['spec']).not.toHaveProperty('replicas');
  expect(objects.get('HorizontalPodAutoscaler')?.['spec']).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
  expect(objects.get('PodDisruptionBudget')?.['spec']).toMatchObject({ maxUnavailable: 1 });
});

it('gives a single pod no budget: its node could never be drained', () => {
  const autoscaling = { minimum: 1, maximum: 5, cpuPercent: 80, memoryPercent: 80 };
  expect(objectsOf(buildWorkload({ autoscaling })).has('PodDisruptionBudget')).toBe(false);
});

it('mounts secrets as files by reference and never writes a value', () => {
  const workload = buildWorkload({ variables: [{ name: 'DATABASE_URL_FILE', secretFile: 'database-url' }] });
  const objects = objectsOf(workload);
  expect(objects.get('ConfigMap')?.['data']).toEqual({ DATABASE_URL_FILE: '/run/secrets/database-url' });
  expect(podOf(objects.get('Deployment'))['volumes']).toContainEqual({
    name: 'secrets',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'database-url', items: [{ key: 'value', path: 'database-url' }] } }],
    },
  });
});

it('rolls the pods when a file changes', () => {
  const withFile = (content: string) => {
    const objects = objectsOf(buildWorkload({ files: [{ path: '/etc/shop.yaml', content }] }));
    return JSON.stringify(objects.get('Deployment'));
  };
  expect(withFile('a')).not.toBe(withFile('b'));
});

it('keeps the data of a database in a claim with a class, behind a name that leads to the pod', () => {
  const objects = objectsOf(buildDatabase());
  expect(objects.get('Service')?.['spec']).toMatchObject({ clusterIP: 'None' });
  expect(objects.get('StatefulSet')?.['spec']).toMatchObject({
    serviceName: 'postgres',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' },
    volumeClaimTemplates: [{ spec: { storageClassName: 'local-path', resources: { requests: { storage: '20Gi' } } } }],
  });
});

it('runs migrations before anything else, with what they read', () => {
  const migrate = buildWorkload({ name: 'migrate', kind: 'core', runsOnce: true, ports: [], health: undefined });
  const objects = objectsOf(migrate);
  const waves = [...objects].map(([kind, { metadata }]) => [
    kind,
    metadata.annotations?.['argocd.argoproj.io/hook'],
    metadata.annotations?.['argocd.argoproj.io/sync-wave'],
  ]);
  expect(waves).toEqual([
    ['ServiceAccount', 'PreSync', '-2'],
    ['ConfigMap', 'PreSync', '-2'],
    ['Job', 'PreSync', '-1'],
    ['NetworkPolicy', 'PreSync', '-2'],
  ]);
});

it('never pulls on nodes without a registry, and tolerates their taint', () => {
  const usual = buildPlatform();
  const taint = { key: 'air-gapped', value: 'true', effect: 'NoSchedule' } as const;
  const platform = { ...usual, cluster: { ...usual.cluster, airGapped: true, tolerations: [taint] } };
  const deployment = objectsOf(buildWorkload(), platform).get('Deployment');
  expect(containerOf(deployment)['imagePullPolicy']).toBe('Never');
  expect(podOf(deployment)['tolerations']).toEqual([{ ...taint, operator: 'Equal' }]);
});

it('gives each member of what an operator runs the host name under which others call it', () => {
  const entry = findEntry('kafka');
  if (entry === undefined) throw new Error('the catalogue has no Kafka');
  const component = { name: 'kafka', entry, settings: { members: 3 }, workloads: [], kubernetes: undefined };
  const aliases = buildAliases(buildPlatform({ components: [component] })).map(({ object }) => object);
  expect(aliases.map(({ metadata }) => metadata.name)).toEqual(['kafka-broker-1', 'kafka-broker-2', 'kafka-broker-3']);
  expect(aliases[0]?.['spec']).toMatchObject({
    type: 'ExternalName',
    externalName: expect.stringMatching(/^kafka-kafka-bootstrap\./),
  });
});

it('lets what calls itself by its name be found before it is ready', () => {
  const spec = (command: readonly string[]) => objectsOf(buildDatabase({ command })).get('Service')?.['spec'];
  expect(spec(['serve', '-ip=postgres -port=80'])).toMatchObject({ publishNotReadyAddresses: true });
  expect(spec(['postgres', '--dir=/postgres'])).not.toHaveProperty('publishNotReadyAddresses');
});

it('gives Prometheus a name behind which it finds every pod, where there may be several', () => {
  const autoscaling = { minimum: 2, maximum: 5, cpuPercent: 80, memoryPercent: 80 };
  const metrics = { path: '/metrics', port: 3000 };
  const servicesOf = (changes: Partial<Workload>) => {
    const workload = buildWorkload({ metrics, ...changes });
    return buildWorkloadObjects({ ...buildPlatform(), workloads: [workload] }, workload).filter(
      ({ kind }) => kind === 'Service',
    );
  };
  expect(servicesOf({ autoscaling }).map(({ metadata }) => metadata.name)).toEqual(['shop-api', 'shop-api-replicas']);
  expect(servicesOf({ autoscaling })[1]?.['spec']).toMatchObject({
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    ports: [{ port: 3000 }],
  });
  expect(servicesOf({ replicas: 1 })).toHaveLength(1);
  expect(servicesOf({ autoscaling, metrics: undefined })).toHaveLength(1);
});

it('gives a token to the only pods that ask the API server, with a Role of their namespace', () => {
  const clusterAccess = [{ resources: ['pods/log'], verbs: ['get'] }] as const;
  const objects = objectsOf(buildWorkload({ clusterAccess }));
  expect(objects.get('Role')?.['rules']).toEqual([{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }]);
  expect(objects.get('RoleBinding')).toMatchObject({
    roleRef: { kind: 'Role', name: 'shop-api' },
    subjects: [{ kind: 'ServiceAccount', name: 'shop-api' }],
  });
  expect(podOf(objects.get('Deployment'))['automountServiceAccountToken']).toBe(true);
  const policy = JSON.stringify(objects.get('NetworkPolicy')?.['spec']);
  expect(policy).toContain('"port":6443');
  expect(JSON.stringify(objectsOf(buildWorkload()).get('NetworkPolicy')?.['spec'])).not.toContain('"port":6443');
});
