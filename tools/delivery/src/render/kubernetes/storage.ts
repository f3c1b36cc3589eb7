import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { buildTolerations, pullPolicy } from './pod-template.ts';

export const storageNamespace = 'local-path-storage';

const name = 'local-path-provisioner';
const provisioner = 'rancher.io/local-path';
/** Images of the provisioner, which a bundle for nodes without a registry must hold. */
export const storageImages = ['rancher/local-path-provisioner:v0.0.30', 'busybox:1.37.0'] as const;

/** Whether volumes come from the platform itself: a cluster made with kubeadm has nothing that would bind a claim. */
export function bringsStorage({ cluster }: ResolvedPlatform): boolean {
  return cluster.kind === 'kubeadm';
}

/**
 * Rancher's local path provisioner (its manifest for v0.0.30) with the platform's storage class: volumes are folders
 * of the node on which their first pod runs, and are kept when a claim goes.
 */
export function buildStorage(platform: ResolvedPlatform): KubernetesObject[] {
  const metadata = { name, namespace: storageNamespace, labels: { 'app.kubernetes.io/name': name } };
  const subjects = [{ kind: 'ServiceAccount', name, namespace: storageNamespace }];
  const rbac = 'rbac.authorization.k8s.io';
  const roleRef = (kind: string): Record<string, string> => ({ apiGroup: rbac, kind, name });
  const cluster = { name, labels: metadata.labels };
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: storageNamespace,
        // Its helpers make the folders, on the node.
        labels: { ...metadata.labels, 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [rule('', ['pods'], ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'])],
    },
    { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef: roleRef('Role'), subjects },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: cluster,
      rules: [
        rule('', ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'], ['get', 'list', 'watch']),
        rule('', ['persistentvolumes'], ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete']),
        rule('', ['events'], ['create', 'patch']),
        rule('storage.k8s.io', ['storageclasses'], ['get', 'list', 'watch']),
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: cluster,
      roleRef: roleRef('ClusterRole'),
      subjects,
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: buildConfiguration(platform) },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: buildSpec(platform) },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: platform.cluster.storageClass,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner,
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Retain',
    },
  ];
}

function rule(group: string, resources: readonly string[], verbs: readonly string[]): Record<string, unknown> {
  return { apiGroups: [group], resources, verbs };
}

function buildConfiguration(platform: ResolvedPlatform): Record<string, string> {
  const helper = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'helper-pod' },
    spec: {
      priorityClassName: 'system-node-critical',
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'helper-pod', image: storageImages[1], imagePullPolicy: pullPolicy(platform) }],
    },
  };
  const paths = {
    nodePathMap: [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: ['/opt/local-path-provisioner'] }],
  };
  return {
    'config.json': `${JSON.stringify(paths, undefined, 2)}\n`,
    setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n',
    teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n',
    // JSON is YAML, and leaves nothing to indentation.
    'helperPod.yaml': `${JSON.stringify(helper, undefined, 2)}\n`,
  };
}

function buildSpec(platform: ResolvedPlatform): Record<string, unknown> {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: name,
        securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
        ...(platform.cluster.tolerations.length === 0 ? {} : { tolerations: buildTolerations(platform) }),
        containers: [
          {
            name,
            image: storageImages[0],
            imagePullPolicy: pullPolicy(platform),
            command: [name, 'start', '--config', '/etc/config/config.json', '--provisioner-name', provisioner],
            args: ['--service-account-name', name, '--configmap-name', name],
            env: [
              { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
              { name: 'CONFIG_MOUNT_PATH', value: '/etc/config/' },
            ],
            resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [{ name: 'configuration', mountPath: '/etc/config/', readOnly: true }],
          },
        ],
        volumes: [{ name: 'configuration', configMap: { name } }],
      },
    },
  };
}
