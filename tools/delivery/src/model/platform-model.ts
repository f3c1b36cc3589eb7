import type { EventType, VariableDefinition } from '@plinth/contracts';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.ts';

/**
 * A platform in one environment with every default filled in: what renderers read. It holds data only, lists are
 * sorted by name unless their order means something, and nothing in it depends on the machine or the time.
 */
export interface ResolvedPlatform {
  readonly name: string;
  readonly title: string;
  readonly environment: string;
  /** All environments of the description, in its order. */
  readonly environments: readonly string[];
  /** Host names of this environment end in it. */
  readonly domain: string;
  readonly scheme: 'http' | 'https';
  readonly targets: readonly Target[];
  /** Prefix of the images that this platform builds: `registry.example.com/team`. */
  readonly registry: string;
  /** Tag of the images that this platform builds, in this environment. */
  readonly version: string;
  readonly edge: EdgeKind;
  readonly tls: TlsSettings | undefined;
  readonly corsOrigins: readonly string[];
  readonly workloads: readonly Workload[];
  readonly components: readonly ResolvedComponent[];
  readonly routes: readonly EdgeRoute[];
  readonly secrets: readonly SecretDefinition[];
  readonly identity: IdentitySettings;
  readonly node: NodeCapacity | undefined;
  readonly products: readonly ResolvedProduct[];
  readonly cluster: ClusterSettings;
  /** Where the GitOps repository is, for Argo CD, Flux and pipelines. */
  readonly gitOps: {
    readonly repository: string;
    readonly branch: string;
    /** Folder of the repository in which the rendered targets are; its root when absent. */
    readonly path?: string;
  };
  /** Node.js of the images that are built. */
  readonly nodeImage: string;
  /** Packages of the repository, for images; those of Plinth itself are known without. */
  readonly workspace?: readonly WorkspacePackage[];
  readonly notify: NotificationSettings;
  /** Of each core service, by its name. */
  readonly objectives: Readonly<Record<string, ServiceObjectives>>;
}

export type Target =
  | 'images'
  | 'compose'
  | 'helm'
  | 'kustomize'
  | 'argocd'
  | 'flux'
  | 'gateway'
  | 'realm'
  | 'observability'
  | 'ci'
  | 'env';

export type EdgeKind = 'traefik' | 'caddy' | 'nginx' | 'kong';

export type ApplicationType = 'nest' | 'svelte-kit' | 'next' | 'astro' | 'vite' | 'expo' | 'image';

/** One kind of container that runs, or runs once. */
export interface Workload {
  /** A DNS label, unique in the platform: the Compose service, the Deployment, the host name that others call. */
  readonly name: string;
  readonly title: string;
  /** `core`: a Plinth service · `application`: of the team · `component`: of the catalogue. */
  readonly kind: 'core' | 'application' | 'component';
  readonly type: 'plinth' | ApplicationType | 'component';
  /** Name of the component (its instance) that the workload is part of. */
  readonly component: string | undefined;
  /** Name of the product that an application belongs to. */
  readonly product: string | undefined;
  /** `01` … `14` for components, `00` for everything else. */
  readonly tier: string;
  /** Layer of the Compose files. */
  readonly layer: 'base' | 'dev' | 'monitoring';
  /** Empty: always started. Otherwise only with one of these Compose profiles. */
  readonly profiles: readonly string[];
  readonly image: string;
  /** How the image is made; absent for images of others. */
  readonly build: ImageBuild | undefined;
  readonly command: readonly string[] | undefined;
  readonly arguments: readonly string[] | undefined;
  readonly ports: readonly WorkloadPort[];
  readonly variables: readonly WorkloadVariable[];
  /** Secrets mounted as files `/run/secrets/<name>`, beside those that variables name. */
  readonly secretFiles: readonly string[];
  readonly files: readonly ConfigurationFile[];
  readonly volumes: readonly WorkloadVolume[];
  /** Folders of the host, mounted read-only: only what watches the machine has any. */
  readonly hostPaths?: readonly { readonly hostPath: string; readonly path: string }[];
  /** What it asks of the API server of its cluster, in its own namespace; absent: it gets no token. */
  readonly clusterAccess?: readonly AccessRule[];
  readonly health: WorkloadHealth | undefined;
  readonly resources: Resources;
  readonly replicas: number;
  readonly autoscaling: Autoscaling | undefined;
  readonly hardening: Hardening;
  readonly dependsOn: readonly Dependency[];
  /** `front` can be reached by the edge and may go out; `back` reaches nothing outside. */
  readonly networks: readonly ('front' | 'back')[];
  /** Ends by itself: a migration, a bucket or cluster being set up. */
  readonly runsOnce: boolean;
  /** Keeps state: a StatefulSet on Kubernetes. */
  readonly stateful: boolean;
  readonly metrics: { readonly path: string; readonly port: number } | undefined;
  /** Largest number of database connections of one replica. */
  readonly connections: number;
  /** Ports of the host that lead here, for what must be reached from outside beside the edge; empty nearly always. */
  readonly published: readonly { readonly hostPort: number; readonly port: number; readonly address: string }[];
  /** Names of workloads that this one calls, for network policies; dependencies are part of it. */
  readonly calls: readonly string[];
  /** Topics and event types, of core services. */
  readonly events: { readonly publishes: readonly EventType[]; readonly consumes: readonly string[] };
  readonly stopGraceSeconds: number;
  /** Files of other renderers that become `files` before this is rendered; see the catalogue. */
  readonly generatedFiles: readonly { readonly path: string; readonly from: string }[];
}

/** A rule of a Role, for resources of the core group. */
export interface AccessRule {
  readonly resources: readonly string[];
  readonly verbs: readonly ('get' | 'list' | 'watch')[];
}

export interface ImageBuild {
  readonly dockerfile: string;
  /** Folder of the package in the monorepo. */
  readonly folder: string;
  readonly packageName: string;
  readonly type: 'plinth' | Exclude<ApplicationType, 'image'>;
  /** What the build writes into pages, the same in all environments. */
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
}

/** A package of the repository and the packages of the repository that it depends on, by folder. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly dependencies: readonly string[];
  /** Needed only to build it: shared compiler settings, generators. */
  readonly buildDependencies: readonly string[];
}

export interface WorkloadPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'http' | 'tcp' | 'udp' | 'grpc';
}

/** Exactly one of value and secret is set. */
export interface WorkloadVariable {
  readonly name: string;
  readonly value?: string;
  /** Name of the secret whose file the variable names: the variable's value is `/run/secrets/<secret>`. */
  readonly secretFile?: string;
  readonly definition?: VariableDefinition;
}

export interface ConfigurationFile {
  /** Path in the container. */
  readonly path: string;
  readonly content: string;
  readonly executable?: boolean;
}

export interface WorkloadVolume {
  readonly name: string;
  readonly path: string;
  /** MiB. */
  readonly size: number;
}

/** A probe asks a path, or runs a command in the container. */
export type Probe =
  | { readonly kind: 'http'; readonly path: string; readonly port: number }
  | { readonly kind: 'command'; readonly command: readonly string[] };

export interface WorkloadHealth {
  readonly live: Probe;
  readonly ready: Probe;
  /** What Compose and the image's HEALTHCHECK run. */
  readonly check: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly startSeconds: number;
  readonly retries: number;
}

/** CPU in thousandths of a core, memory in MiB. */
export interface Quantity {
  readonly cpu: number;
  readonly memory: number;
}

export interface Resources {
  readonly requests: Quantity;
  readonly limits: Quantity;
}

export interface Autoscaling {
  readonly minimum: number;
  readonly maximum: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
}

export interface Hardening {
  readonly user: number | undefined;
  readonly group: number | undefined;
  readonly readOnlyRoot: boolean;
  /** Paths that stay writable, in memory. */
  readonly temporaryFolders: readonly string[];
  /** Capabilities added after all are dropped. */
  readonly capabilities: readonly string[];
}

export interface Dependency {
  readonly workload: string;
  readonly condition: 'healthy' | 'completed';
}

/** A component of the catalogue as this platform uses it. */
export interface ResolvedComponent {
  /** Instance name; the entry's name unless the description says otherwise. */
  readonly name: string;
  readonly entry: CatalogueEntry;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Names of its workloads. */
  readonly workloads: readonly string[];
  /** Custom resources of its operator, or values of its chart, with placeholders filled; undefined for workloads. */
  readonly kubernetes: unknown;
  /** Secret objects that its chart is told of, sorted; absent where there are none. */
  readonly secretObjects?: readonly SecretObject[];
  /** Workloads that its chart's pods call, sorted; absent where its own workloads say so themselves. */
  readonly calls?: readonly string[];
}

/** A Secret object of several keys, put together for a chart that names them itself. */
export interface SecretObject {
  readonly name: string;
  /** Sorted by key; `secret` is the platform's name of one, `text` is no secret. */
  readonly entries: readonly ({ readonly key: string } & ({ readonly text: string } | { readonly secret: string }))[];
}

export interface ResolvedProduct {
  readonly name: string;
  readonly title: string;
  readonly workloads: readonly string[];
}

/** One host and path of the edge. */
export interface EdgeRoute {
  /** Unique name, a DNS label. */
  readonly name: string;
  readonly host: string;
  /** `/` or a prefix of whole segments. */
  readonly path: string;
  readonly workload: string;
  readonly port: number;
  /** `api`: verified and counted by the platform's gateway · `page`: passed on · `tool`: for signed-in staff only. */
  readonly kind: 'api' | 'page' | 'tool';
  /** Requests a minute and caller. */
  readonly rateLimit: number | undefined;
  /** Seconds for connecting, reading and writing: 60, or 5 on critical routes. */
  readonly timeoutSeconds: number;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly critical: boolean;
  /** No sign-in needed. */
  readonly public: boolean;
  /** Prefixes below the path that nobody outside may ask for; the edge answers 404. */
  readonly blockedPaths: readonly string[];
}

/** A secret: where its value comes from. Values themselves are never part of a model or of rendered output. */
export interface SecretDefinition {
  readonly name: string;
  readonly doc: string;
  /**
   * `generated`: made once by `plinth secrets` · `derived`: put together from others by the template, in which
   * `${name}` is another secret, percent-encoded · `provided`: somebody must write it.
   */
  readonly source: 'generated' | 'derived' | 'provided';
  readonly template?: string;
  /** Of generated ones; 32 random bytes in base64url when absent. */
  readonly form?: SecretForm;
  /** Workloads that get it. */
  readonly workloads: readonly string[];
}

/** Text of exactly so many characters, or an RSA key of 4096 bits in PEM (PKCS #1). */
export type SecretForm = { readonly characters: number } | 'rsa-key';

export interface IdentitySettings {
  readonly provider: 'embedded' | 'keycloak';
  readonly issuer: string;
  readonly realm: string;
  /** Redirect addresses of the web client, one by one. */
  readonly redirectUris: readonly string[];
  readonly webOrigins: readonly string[];
  readonly brokers: readonly IdentityBroker[];
}

export type IdentityBroker = 'google' | 'apple' | 'facebook' | 'github' | 'microsoft';

export interface TlsSettings {
  readonly email: string;
  readonly challenge: 'http-01' | 'dns-01';
  readonly dnsProvider?: string;
}

export interface NodeCapacity extends Quantity {
  readonly reserved: Quantity;
}

export interface ClusterSettings {
  /** Environments of the same name are on one cluster and share its node, operators and root of GitOps. */
  readonly name: string;
  readonly kind: 'k3s' | 'kubeadm' | 'managed';
  readonly namespace: string;
  readonly ingressClass: string;
  readonly storageClass: string;
  readonly secretStore: 'sealed-secrets' | 'external-secrets' | 'existing';
  /** Nodes without a registry: images come by bundle, and are never pulled. */
  readonly airGapped: boolean;
  /** Taints that workloads must tolerate. */
  readonly tolerations: readonly { readonly key: string; readonly value: string; readonly effect: 'NoSchedule' }[];
}

/** Who is told of alerts. */
export interface NotificationSettings {
  /** Wakes somebody up. */
  readonly critical: readonly AlertReceiver[];
  /** Waits until somebody looks. */
  readonly warning: readonly AlertReceiver[];
}

/** `secret` is the platform's name of one: a key of PagerDuty, the address of a webhook. */
export type AlertReceiver =
  | { readonly kind: 'pagerduty'; readonly secret: string }
  | { readonly kind: 'slack'; readonly secret: string; readonly channel: string }
  | { readonly kind: 'email'; readonly to: string }
  | { readonly kind: 'webhook'; readonly secret: string };

/** What a service promises, over 30 days. */
export interface ServiceObjectives {
  /** Share of requests without an error of ours. */
  readonly availability: number;
  /** Share of requests that are answered within so many seconds. */
  readonly latency: { readonly target: number; readonly within: number };
}
