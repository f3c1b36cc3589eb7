import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { formatCpu, formatMemory } from '../../model/quantity.ts';
import { secretNames, secretsFolder } from '../../model/workload-secrets.ts';
import { configurationChecksum, fileKey, filesOf, variablesOf } from './config-map.ts';
import { compact } from './kubernetes-object.ts';
import { selectorLabels, workloadLabels } from './labels.ts';
import { buildProbes } from './probes.ts';

/** Nodes without a registry have all images already: a pull could only fail. */
export function pullPolicy(platform: ResolvedPlatform): 'IfNotPresent' | 'Never' {
  return platform.cluster.airGapped ? 'Never' : 'IfNotPresent';
}

/** Requests and limits in the notation of Kubernetes. */
export function buildResources({ requests, limits }: Workload['resources']): Record<string, unknown> {
  return {
    requests: { cpu: formatCpu(requests.cpu), memory: formatMemory(requests.memory) },
    limits: { cpu: formatCpu(limits.cpu), memory: formatMemory(limits.memory) },
  };
}

/** The pod of a workload: everything that Deployment, StatefulSet and Job have in common. */
export function buildPodTemplate(platform: ResolvedPlatform, workload: Workload): Record<string, unknown> {
  const volumes = buildVolumes(workload);
  return {
    metadata: {
      labels: workloadLabels(platform, workload),
      annotations: { 'checksum/configuration': configurationChecksum(workload) },
    },
    spec: compact({
      serviceAccountName: workload.name,
      automountServiceAccountToken: workload.clusterAccess !== undefined,
      // Variables for every service of the namespace would only clash with those of the workload.
      enableServiceLinks: false,
      restartPolicy: workload.runsOnce ? 'OnFailure' : undefined,
      terminationGracePeriodSeconds: workload.stopGraceSeconds,
      securityContext: buildPodSecurity(workload),
      tolerations: platform.cluster.tolerations.length === 0 ? undefined : buildTolerations(platform),
      topologySpreadConstraints: canBeMany(workload) ? [buildSpread(platform, workload)] : undefined,
      containers: [buildContainer(platform, workload)],
      volumes: volumes.length === 0 ? undefined : volumes,
    }),
  };
}

/** Whether there is, or may be, more than one pod. */
export function canBeMany({ replicas, autoscaling, runsOnce }: Workload): boolean {
  return !runsOnce && (replicas > 1 || (autoscaling !== undefined && autoscaling.maximum > 1));
}

/** Taints of the nodes that workloads live with. */
export function buildTolerations(platform: ResolvedPlatform): Record<string, string>[] {
  return platform.cluster.tolerations.map(({ key, value, effect }) => ({ key, operator: 'Equal', value, effect }));
}

function buildSpread(platform: ResolvedPlatform, workload: Workload): Record<string, unknown> {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    // One node is enough to run; two are used when they are there.
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(platform, workload.name) },
  };
}

function buildPodSecurity({ hardening }: Workload): Record<string, unknown> {
  const { user } = hardening;
  const group = groupOf(hardening);
  return {
    ...(user === undefined || user === 0 ? {} : { runAsNonRoot: true, runAsUser: user }),
    // Volumes and secrets are readable by the group, which is how an unprivileged user gets at them.
    ...(group === 0 ? {} : { runAsGroup: group, fsGroup: group, fsGroupChangePolicy: 'OnRootMismatch' }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The group of a pod; 0 is the image's own. */
function groupOf({ user, group }: Workload['hardening']): number {
  return group ?? user ?? 0;
}

function buildContainer(platform: ResolvedPlatform, workload: Workload): Record<string, unknown> {
  const { hardening, name } = workload;
  const mounts = buildMounts(workload);
  const hasVariables = Object.keys(variablesOf(workload)).length > 0;
  return compact({
    name,
    image: workload.image,
    imagePullPolicy: pullPolicy(platform),
    command: workload.command,
    args: workload.arguments,
    ports: workload.ports.length === 0 ? undefined : workload.ports.map(buildPort),
    envFrom: hasVariables ? [{ configMapRef: { name } }] : undefined,
    ...buildProbes(workload),
    resources: buildResources(workload.resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: hardening.readOnlyRoot,
      capabilities: compact({
        drop: ['ALL'],
        add: hardening.capabilities.length === 0 ? undefined : hardening.capabilities,
      }),
    },
    volumeMounts: mounts.length === 0 ? undefined : mounts,
  });
}

/** Names of container ports have at most 15 characters; the number is what probes and services use. */
function buildPort({ port, protocol }: Workload['ports'][number]): Record<string, unknown> {
  return { containerPort: port, protocol: protocol === 'udp' ? 'UDP' : 'TCP' };
}

/** Folders in memory come first: one may be a parent of what is mounted after it. */
function buildMounts(workload: Workload): Record<string, unknown>[] {
  return [
    ...workload.hardening.temporaryFolders.map((mountPath, index) => ({ name: `temporary-${index}`, mountPath })),
    ...workload.volumes.map(({ name, path }) => ({ name, mountPath: path })),
    // One file at a time, so that nothing of the image is hidden.
    ...filesOf(workload).map(({ path }) => ({
      name: 'files',
      mountPath: path,
      subPath: fileKey(path),
      readOnly: true,
    })),
    ...(secretNames(workload).length === 0 ? [] : [{ name: 'secrets', mountPath: secretsFolder, readOnly: true }]),
  ];
}

function buildVolumes(workload: Workload): Record<string, unknown>[] {
  const files = filesOf(workload);
  const secrets = secretNames(workload);
  const { temporaryFolders } = workload.hardening;
  return [
    ...temporaryFolders.map((_, index) => ({ name: `temporary-${index}`, emptyDir: {} })),
    ...(workload.runsOnce
      ? workload.volumes.map(({ name }) => ({ name, persistentVolumeClaim: { claimName: name } }))
      : []),
    ...(files.length === 0
      ? []
      : [
          {
            name: 'files',
            configMap: {
              name: `${workload.name}-files`,
              items: files.map(({ path, executable }) => ({
                key: fileKey(path),
                path: fileKey(path),
                mode: executable === true ? 0o555 : 0o444,
              })),
            },
          },
        ]),
    ...(secrets.length === 0
      ? []
      : [
          {
            name: 'secrets',
            projected: {
              defaultMode: groupOf(workload.hardening) === 0 ? 0o444 : 0o440,
              sources: secrets.map((name) => ({ secret: { name, items: [{ key: 'value', path: name }] } })),
            },
          },
        ]),
  ];
}
