import type { AccessRule, Hardening, SecretForm } from '../model/platform-model.ts';

/**
 * A component that a platform may name. An entry is data: strings may hold the placeholders of `template.ts`
 * (`${settings.x}`, `${secret.x}` for the path of a secret's file, `${name}` of the instance, `${ordinal}` of a
 * member, `${members.<container>}` for the list of member host names with commas, `${needs.<kind>}` for the host name
 * of the component that meets a requirement, `${needs.<kind>.port}` for its port and `${needs.<kind>.url}` for its main
 * public host, `${interfaces.<name>.url}` and `${interfaces.<name>.host}` for a public host of its own, `${platform}`,
 * `${environment}`, `${domain}`, `${scheme}`, `${issuer}`, `${databases}`, `${buckets}`, and on Kubernetes
 * `${cluster.ingressClass}` and `${cluster.https}`). `$${` stands for `${` itself. A secret of another component is
 * named `<kind>.<secret>` wherever a secret is named: `database.password` in `secretFileVariables` and `secretFiles`,
 * `${secret.database.password}` for its path, `${database.password}` in the template of a derived secret; `<kind>` as
 * in `${needs.<kind>}`.
 */
export interface CatalogueEntry {
  /** A DNS label; also the default instance name and the host name of the only container. */
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly tier: Tier;
  /** Compose profile in which it starts when the platform runs in profiles; absent: always. */
  readonly profile?: string;
  readonly layer?: 'base' | 'dev' | 'monitoring';
  readonly version: string;
  /** SPDX identifier of the licence of that version. */
  readonly license: string;
  readonly website: string;
  readonly settings: Readonly<Record<string, SettingDefinition>>;
  readonly secrets: readonly EntrySecret[];
  /** Empty for what exists on Kubernetes alone, by its chart; services, endpoint and interfaces then name `''`. */
  readonly containers: readonly ContainerDefinition[];
  /** A database and a role of that name on what meets its requirement of a database; the password is its secret `database-password`. */
  readonly database?: {
    readonly name: string;
    /** Further databases that the same role owns. */
    readonly also?: readonly string[];
  };
  /** Setting that names a bucket of its own, which the object store that it requires makes. */
  readonly bucket?: string;
  /** Other components it needs, by entry name, any of `anyOf`. */
  readonly requires: readonly Requirement[];
  /** What it is for those that need a kind of thing rather than a product: `database`, `broker`, `cache`, … */
  readonly provides: readonly string[];
  /** Watching: entry name of the exporter (absent: it exports itself, see `metrics`), and the dashboard's kind. */
  readonly watch: { readonly exporter?: string; readonly dashboard: string };
  readonly kubernetes: KubernetesForm;
  readonly backup: BackupMethod;
  /** Signs in at the identity provider: the realm gets a confidential client for it. */
  readonly signIn?: SignInClient;
  /** Where others reach it; the first container's first port when absent. */
  readonly endpoint?: { readonly container: string; readonly port: number };
  /** What is opened from outside, behind the edge, each at a host of its own; the first is the component's main one. */
  readonly interfaces?: readonly InterfaceDefinition[];
}

export interface InterfaceDefinition {
  /** A DNS label, unique in the entry; placeholders name it. */
  readonly name: string;
  readonly container: string;
  readonly port: number;
  /**
   * Label of the host below the domain. An instance with a name of its own has that for its main interface, and
   * `<instance>-<name>` for the others.
   */
  readonly host: string;
  /** It asks who comes; otherwise the edge lets signed-in staff alone through. */
  readonly ownSignIn: boolean;
}

export interface SignInClient {
  readonly client: string;
  /** Secret of the component that the client has. */
  readonly secret: string;
  /** Interface to which browsers come back; the main one when absent. */
  readonly interface?: string;
  readonly redirectPaths: readonly string[];
}

export type Tier = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12' | '13' | '14';

export interface SettingDefinition {
  readonly type: 'string' | 'integer' | 'boolean' | 'enum';
  readonly doc: string;
  readonly default: string | number | boolean;
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Members that vote: of an even number no more may fail than of one less. */
  readonly odd?: true;
  /** Name of a setting before it that is its upper bound: no more copies than there are members. */
  readonly notMoreThan?: string;
}

export interface EntrySecret {
  /** Within the component; the platform's name for it is `<instance>-<name>`. */
  readonly name: string;
  readonly doc: string;
  /** `generated` when absent. */
  readonly source?: 'generated' | 'derived' | 'provided';
  /** Of generated ones: what their reader takes, where 32 random bytes in base64url are not it. */
  readonly form?: SecretForm;
  /** For derived ones: `${secret-name}` inserts another secret of the component. */
  readonly template?: string;
}

export interface ContainerDefinition {
  /** Empty: the instance's own name; otherwise `<instance>-<name>`. */
  readonly name: string;
  readonly title?: string;
  /** Repository and exact tag: a whole version, a date or a commit. */
  readonly image: string;
  /** Why the tag has fewer than three numbers: releases of the project have two, or it publishes no other tag. */
  readonly shortTagBecause?: string;
  /** Copies of one name that run at the same time unless the description says more; one when absent. */
  readonly replicas?: number;
  /** Number of members with names `<…>-1`, `<…>-2`; a number, or the name of an integer setting. */
  readonly members?: number | string;
  /** Only when the boolean setting is on. */
  readonly when?: string;
  readonly profile?: string;
  readonly command?: readonly string[];
  readonly arguments?: readonly string[];
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly protocol: 'http' | 'tcp' | 'udp' | 'grpc';
  }[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Variables whose value is the path of a secret's file: variable → secret name. */
  readonly secretFileVariables?: Readonly<Record<string, string>>;
  /** Secrets mounted as files beside those. */
  readonly secretFiles?: readonly string[];
  readonly files?: readonly { readonly path: string; readonly content: string; readonly executable?: boolean }[];
  /**
   * Files that another renderer makes for this platform: `from` is `<target>/<path>`, one file, or a folder when both
   * end in `/`. Prometheus gets `observability/prometheus/`, Keycloak `realm/`, an edge `gateway/<kind>/`.
   */
  readonly generatedFiles?: readonly { readonly path: string; readonly from: string }[];
  /** Size in Kubernetes notation, or `${settings.x}`. */
  readonly volumes?: readonly { readonly name: string; readonly path: string; readonly size: string }[];
  readonly health: ContainerHealth | 'runs-once';
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu: string; readonly memory: string };
  };
  readonly hardening: Partial<Hardening> & {
    /** Why the root file system stays writable, where it does. */
    readonly writableRootBecause?: string;
  };
  /** Containers of the same component, or entry names (`postgres`) that `requires` names. */
  readonly dependsOn?: readonly { readonly container: string; readonly condition: 'healthy' | 'completed' }[];
  readonly metrics?: { readonly path: string; readonly port: number };
  /** Reachable from outside by a host port of its own. What provides `edge` publishes only where it is the platform's edge. */
  readonly published?: readonly { readonly hostPort: number; readonly port: number }[];
  /**
   * Folders of the host, mounted read-only at another path: only for what watches the machine itself. The audit reports
   * each of them, and `because` is its answer.
   */
  readonly hostPaths?: readonly { readonly hostPath: string; readonly path: string; readonly because: string }[];
  /** What it reads of its namespace at the API server of a cluster. */
  readonly clusterAccess?: readonly AccessRule[];
  /** Needs to go out to the internet, or is the edge. */
  readonly networks?: readonly ('front' | 'back')[];
  readonly stopGraceSeconds?: number;
  /** Most connections to the platform's database that it holds. */
  readonly connections?: number;
}

export interface ContainerHealth {
  /** What Compose runs, without a shell: the tools must be in the image. */
  readonly check: readonly string[];
  /** For Kubernetes; `check` when absent. */
  readonly http?: { readonly path: string; readonly port: number };
  readonly startSeconds?: number;
}

export interface Requirement {
  readonly anyOf: readonly string[];
  readonly because: string;
}

export type KubernetesForm =
  | { readonly form: 'workloads' }
  | {
      readonly form: 'operator';
      /** The operator's chart, from its own repository. */
      readonly operator: {
        readonly name: string;
        readonly repository: string;
        /** For `git`: the folder of the repository that holds its kustomization; `version` is then the tag. */
        readonly chart: string;
        readonly version: string;
        /** `chart` when absent. */
        readonly source?: 'chart' | 'git';
      };
      /** Definitions that the operator brings, `kind.group/version`. */
      readonly definitions: readonly string[];
      /** The custom resources, with placeholders in strings; a string that is one placeholder alone becomes the setting's own type. */
      readonly resources: readonly Readonly<Record<string, unknown>>[];
      /** Host names under which others reach it: container name → service made by the operator. */
      readonly services: Readonly<Record<string, string>>;
    }
  | {
      readonly form: 'chart';
      readonly repository: string;
      readonly chart: string;
      readonly version: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly services: Readonly<Record<string, string>>;
      /**
       * Secret objects that the chart is told of and whose keys it names itself: object → key → a text of no secrecy, or
       * the name of a secret. Secrets elsewhere are objects of one key.
       */
      readonly secretObjects?: Readonly<Record<string, Readonly<Record<string, SecretObjectEntry>>>>;
    };

export type SecretObjectEntry = { readonly text: string } | { readonly secret: string };

export type BackupMethod =
  | { readonly method: 'none'; readonly because: string }
  | {
      readonly method: 'postgres' | 'valkey-snapshot' | 'volume' | 'native';
      readonly schedule: string;
      readonly keepDays: number;
      readonly doc?: string;
    };

/** Gives an entry its literal types, so that descriptions complete its settings. */
export function defineEntry<const Entry extends CatalogueEntry>(entry: Entry): Entry {
  return entry;
}
