import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { accessRulesOf } from '../kubernetes/access.ts';
import { isAutoscaled } from '../kubernetes/autoscaler.ts';
import { secretNames } from '../../model/workload-secrets.ts';
import { filesOf, variablesOf } from '../kubernetes/config-map.ts';
import { isStateful } from '../kubernetes/deployed-workloads.ts';
import { parseImage } from '../kubernetes/image-reference.ts';
import { hookOf, type Hook } from '../kubernetes/job.ts';
import { resolveNetworkRules, type NetworkRule } from '../kubernetes/network-rules.ts';
import { buildResources, pullPolicy } from '../kubernetes/pod-template.ts';
import { hasReplicaService } from '../kubernetes/replica-service.ts';
import { resolveProbes, usualProbes, type ProbeSet } from '../kubernetes/probes.ts';
import { hasServiceMonitors } from '../kubernetes/service-monitor.ts';
import { buildServicePort, findsPeersEarly } from '../kubernetes/service.ts';
import { formatMemory } from '../../model/quantity.ts';

/** Values of the reusable service chart. */
export interface ServiceValues {
  readonly enabled: boolean;
  readonly component: string;
  readonly kind: 'deployment' | 'statefulSet' | 'job';
  readonly hook: Hook;
  readonly image: { readonly repository: string; readonly tag: string; readonly pullPolicy: string };
  readonly command: readonly string[];
  readonly arguments: readonly string[];
  readonly ports: readonly Record<string, unknown>[];
  readonly publicPorts: readonly Record<string, unknown>[];
  readonly publishNotReadyAddresses: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, { readonly content: string; readonly executable: boolean }>>;
  readonly secrets: readonly string[];
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly size: string }[];
  readonly temporaryFolders: readonly string[];
  readonly probes: ProbeSet;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly replicas: number;
  readonly autoscaling: {
    readonly enabled: boolean;
    readonly minimum: number;
    readonly maximum: number;
    readonly cpuPercent: number;
    readonly memoryPercent: number;
  };
  readonly security: {
    /** 0 leaves the image's own user, which must then be named by a number. */
    readonly user: number;
    readonly group: number;
    readonly readOnlyRoot: boolean;
    readonly capabilities: readonly string[];
  };
  readonly stopGraceSeconds: number;
  readonly networkPolicy: { readonly ingress: readonly NetworkRule[]; readonly egress: readonly NetworkRule[] };
  /** Rules of a Role. */
  readonly access: readonly Record<string, unknown>[];
  readonly monitor: {
    readonly enabled: boolean;
    readonly replicas: boolean;
    readonly port: number;
    readonly path: string;
  };
  readonly test: { readonly enabled: boolean; readonly image: string };
}

/** What the chart does by itself (requirement 05). */
export const defaultServiceValues: ServiceValues = {
  enabled: true,
  component: 'application',
  kind: 'deployment',
  hook: 'none',
  image: { repository: '', tag: '', pullPolicy: 'IfNotPresent' },
  command: [],
  arguments: [],
  ports: [{ name: 'http', port: 3000, targetPort: 3000, protocol: 'TCP' }],
  publicPorts: [],
  publishNotReadyAddresses: false,
  variables: {},
  files: {},
  secrets: [],
  volumes: [],
  temporaryFolders: ['/tmp'],
  probes: usualProbes,
  resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  replicas: 1,
  autoscaling: { enabled: true, minimum: 1, maximum: 5, cpuPercent: 80, memoryPercent: 80 },
  security: { user: 1001, group: 1001, readOnlyRoot: true, capabilities: [] },
  stopGraceSeconds: 30,
  networkPolicy: { ingress: [], egress: [] },
  access: [],
  monitor: { enabled: false, replicas: false, port: 3000, path: '/metrics' },
  test: { enabled: false, image: 'busybox:1.37.0' },
};

/** All values of one workload. */
export function toServiceValues(platform: ResolvedPlatform, workload: Workload): ServiceValues {
  const { autoscaling, hardening, metrics } = workload;
  const usual = defaultServiceValues;
  return {
    enabled: true,
    component: workload.component ?? workload.product ?? workload.kind,
    kind: workload.runsOnce ? 'job' : isStateful(workload) ? 'statefulSet' : 'deployment',
    hook: hookOf(workload),
    image: { ...parseImage(workload.image), pullPolicy: pullPolicy(platform) },
    command: workload.command ?? [],
    arguments: workload.arguments ?? [],
    ports: workload.ports.map(buildServicePort),
    publicPorts: workload.published.map(({ hostPort, port }) => ({
      name: `published-${hostPort}`,
      port: hostPort,
      targetPort: port,
      protocol: workload.ports.find((other) => other.port === port)?.protocol === 'udp' ? 'UDP' : 'TCP',
    })),
    publishNotReadyAddresses: findsPeersEarly(platform, workload),
    variables: variablesOf(workload),
    files: Object.fromEntries(
      filesOf(workload).map(({ path, content, executable = false }) => [path, { content, executable }]),
    ),
    secrets: secretNames(workload),
    volumes: workload.volumes.map(({ name, path, size }) => ({ name, path, size: formatMemory(size) })),
    temporaryFolders: hardening.temporaryFolders,
    probes: resolveProbes(workload),
    resources: buildResources(workload.resources),
    replicas: workload.replicas,
    autoscaling: { ...(autoscaling ?? usual.autoscaling), enabled: isAutoscaled(workload) },
    security: {
      user: hardening.user ?? 0,
      group: hardening.group ?? hardening.user ?? 0,
      readOnlyRoot: hardening.readOnlyRoot,
      capabilities: hardening.capabilities,
    },
    stopGraceSeconds: workload.stopGraceSeconds,
    networkPolicy: resolveNetworkRules(platform, workload),
    access: accessRulesOf(workload),
    monitor: {
      enabled: metrics !== undefined && !workload.runsOnce && hasServiceMonitors(platform),
      replicas: hasReplicaService(platform, workload),
      port: metrics?.port ?? usual.monitor.port,
      path: metrics?.path ?? usual.monitor.path,
    },
    test: usual.test,
  };
}

/** One line for each value, written above it in `values.yaml`. */
export const serviceValueDocs: Readonly<Record<keyof ServiceValues, string>> = {
  enabled: 'Whether the workload is part of the release; read by the chart that has this one as a dependency.',
  component: 'Label app.kubernetes.io/component.',
  kind: 'deployment, statefulSet or job.',
  hook: 'When a job runs: before everything else of the release, or along with it.',
  image: 'Repository and exact tag or digest; global.images comes before the tag.',
  command: 'In place of the entry point of the image.',
  arguments: 'In place of the command of the image.',
  ports: 'Ports of the service, in the notation of Kubernetes.',
  publicPorts: 'Ports of a second service of type LoadBalancer, for what is reached beside the ingress.',
  publishNotReadyAddresses: 'Members of a cluster find each other before they are ready.',
  variables: 'Environment, kept in a ConfigMap; a change rolls the pods. Secrets are files, never variables.',
  files: 'Files in the container: path, then content and executable.',
  secrets: 'Names of Secret objects whose key `value` is mounted as /run/secrets/<name>.',
  volumes: 'Volumes that are kept: name, path, size. The class is global.storageClass.',
  temporaryFolders: 'Folders that are writable and forgotten.',
  probes: 'Seconds. A command is asked when there is one, the path otherwise.',
  resources: 'Requests and limits.',
  replicas: 'Number of pods, without autoscaling.',
  autoscaling: 'Number of pods by load, in per cent of the requests.',
  security:
    "User and group by number, 0 for the image's own; what may be written; capabilities added after all are dropped.",
  stopGraceSeconds: 'Seconds between the polite end of a pod and the forced one.',
  networkPolicy: 'Who may call the pods and whom they may call, in the notation of Kubernetes.',
  access: 'What the pods may ask of the API server, as rules of a Role; without any they get no token.',
  monitor:
    'A ServiceMonitor, which needs the Prometheus operator; replicas: a headless service by which Prometheus finds each pod.',
  test: 'A pod of `helm test` that asks the readiness path through the service.',
};
