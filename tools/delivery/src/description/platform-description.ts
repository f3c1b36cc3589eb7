import type { ServiceManifest, VariableDefinition } from '@plinth/contracts';
import type { ComponentName, ComponentSettings } from '../catalogue/catalogue.ts';
import type {
  ApplicationType,
  ClusterSettings,
  EdgeKind,
  IdentityBroker,
  Target,
  TlsSettings,
} from '../model/platform-model.ts';

/** CPU and memory in Kubernetes notation: `500m` or `2`, `256Mi` or `2Gi`. */
export interface QuantityText {
  readonly cpu: string;
  readonly memory: string;
}

/** The only hand-written source of everything that delivers a platform. */
export interface PlatformDescription {
  /** A DNS label; prefix of names that must be unique beside other platforms. */
  readonly name: string;
  readonly title?: string;
  readonly domain: string;
  /** Prefix of the images that are built: `registry.example.com/team`. */
  readonly registry: string;
  /** Exact tag of the images that are built; environments may be at another one. */
  readonly version: string;
  readonly targets: readonly Target[];
  /** Core services, by their manifests. */
  readonly services?: readonly ServiceManifest[];
  readonly applications?: readonly ApplicationDescription[];
  readonly products?: readonly ProductDescription[];
  readonly infrastructure?: readonly ComponentUse[];
  readonly edge?: EdgeKind;
  readonly identity?: {
    /** Redirect addresses of the web client, `https://app.example.com/callback`; never with `*`. */
    readonly redirectUris?: readonly string[];
    readonly brokers?: readonly IdentityBroker[];
  };
  readonly corsOrigins?: readonly string[];
  readonly tls?: TlsSettings;
  /** The machine that all of it must fit on; the sum of requests is checked. */
  readonly node?: QuantityText & { readonly reserved?: QuantityText };
  readonly cluster?: Partial<Omit<ClusterSettings, 'name'>>;
  readonly gitOps?: { readonly repository: string; readonly branch?: string };
  readonly notify?: NotificationDescription;
  /** What core services promise where it is not the usual: service → objectives. */
  readonly objectives?: Readonly<Record<string, ObjectivesDescription>>;
  /** Values of variables that differ from their defaults: workload → variable → value. */
  readonly variables?: VariableValues;
  readonly resources?: Readonly<Record<string, ResourceOverride>>;
  readonly replicas?: Readonly<Record<string, number>>;
  /** Where values of secret variables of applications come from: `chat.OPENAI_KEY`. */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
  /** What differs from the above by environment, and nothing else. `development`, `staging`, `production` or any name. */
  readonly environments: Readonly<Record<string, EnvironmentOverride>>;
}

export type VariableValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ResourceOverride {
  readonly requests?: Partial<QuantityText>;
  readonly limits?: Partial<QuantityText>;
}

/** Who is told of alerts; by PagerDuty, Slack and email when absent, and by email alone where there is no way out. */
export interface NotificationDescription {
  /** Mailbox of the usual receivers; `ops@<domain>` when absent. */
  readonly email?: string;
  /** Channel of the usual receiver; `#alerts` when absent. */
  readonly slackChannel?: string;
  readonly critical?: readonly ReceiverDescription[];
  readonly warning?: readonly ReceiverDescription[];
}

/** One who is told. Keys, and addresses that hold keys, are secrets that somebody writes. */
export type ReceiverDescription =
  | { readonly kind: 'pagerduty'; readonly secret: ReceiverSecret }
  | { readonly kind: 'slack'; readonly channel: string; readonly secret: ReceiverSecret }
  | { readonly kind: 'email'; readonly to: string }
  | { readonly kind: 'webhook'; readonly secret: ReceiverSecret };

export interface ReceiverSecret {
  /** Name of the secret's file; one secret may serve several receivers. */
  readonly name: string;
  /** Where to get it. */
  readonly provided: string;
}

/** Shares are between 0 and 1; a latency counts requests that take at most `within` seconds. */
export interface ObjectivesDescription {
  readonly availability?: number;
  readonly latency?: { readonly target?: number; readonly within?: number };
}

/** `generated`: made once at random · `provided`: somebody must write it, and the text says what. */
export type SecretSource = 'generated' | { readonly provided: string };

export interface EnvironmentOverride {
  readonly domain?: string;
  readonly version?: string;
  /**
   * Kubernetes cluster that the environment is on; one of its own, named like the environment, when absent.
   * Environments that name the same one must fit on its node together.
   */
  readonly cluster?: string;
  readonly variables?: VariableValues;
  readonly resources?: Readonly<Record<string, ResourceOverride>>;
  readonly replicas?: Readonly<Record<string, number>>;
  /** Instance → settings. */
  readonly infrastructure?: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  /** Workloads, components or products that this environment does without. */
  readonly without?: readonly string[];
  readonly corsOrigins?: readonly string[];
  readonly redirectUris?: readonly string[];
  readonly node?: QuantityText & { readonly reserved?: QuantityText };
  readonly tls?: TlsSettings;
  readonly notify?: NotificationDescription;
}

/** A component of the catalogue, with settings of its own and perhaps an instance name. Made by `component()`. */
export interface ComponentUse {
  readonly entry: ComponentName;
  readonly name: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** An application of the team. Made by `nest()`, `svelteKit()`, `next()`, `astro()`, `vite()`, `expo()`, `image()`. */
export interface ApplicationDescription {
  readonly type: ApplicationType;
  readonly name: string;
  /** Folder in the monorepo; `apps/<name>` when absent. */
  readonly folder?: string;
  /** Only for `image`: repository and exact tag. */
  readonly image?: string;
  /** Only for `image`: arguments of its entry point; its own when absent. */
  readonly arguments?: readonly string[];
  readonly port?: number;
  /** Host name in front of the domain; the type's own strategy when absent. */
  readonly host?: string;
  /** Path prefixes on the host; `/` when absent. */
  readonly paths?: readonly string[];
  /** Requests a minute and caller. */
  readonly rateLimit?: number;
  readonly critical?: boolean;
  /** Served without sign-in checked by the gateway. Web pages are unless said otherwise; APIs are not. */
  readonly public?: boolean;
  readonly variables?: readonly VariableDefinition[];
  /**
   * Paths that the application answers; the type's own when absent. An `image` must say, and where it has no `wget`
   * also the command that Compose runs in it.
   */
  readonly health?:
    | { readonly live: string; readonly ready: string; readonly command?: readonly string[] }
    | { readonly command: readonly string[] };
  readonly metrics?: string;
  readonly resources?: ResourceOverride;
  readonly replicas?: number;
  /** Names of workloads or components that it needs before it starts. */
  readonly dependsOn?: readonly string[];
  /** Calls services outside of the platform; without it nothing but the platform can be reached. */
  readonly internet?: boolean;
  /** Uses the shared database: its own database and role are made for it. */
  readonly database?: boolean;
  /** Uses the shared cache: its address with the password is in the file that `REDIS_URL_FILE` names. */
  readonly cache?: boolean;
  readonly profile?: string;
  /** MiB of state that must be kept: mount path → size in Kubernetes notation. */
  readonly volumes?: Readonly<Record<string, string>>;
}

/** Four applications of one name: back end, web, landing page, mobile app. Made by `product()`. */
export interface ProductDescription {
  readonly name: string;
  readonly title: string;
  readonly applications: readonly ApplicationDescription[];
}

/** The description of a platform. Checks nothing: `plinth check` does, and reports all faults together. */
export function definePlatform<const Description extends PlatformDescription>(description: Description): Description {
  return description;
}

/** Uses a component of the catalogue. A second instance of one kind gets a name of its own. */
export function component<Name extends ComponentName>(
  entry: Name,
  settings: ComponentSettings<Name> = {},
  name: string = entry,
): ComponentUse {
  return { entry, name, settings: settings as ComponentUse['settings'] };
}

type Options = Omit<ApplicationDescription, 'type' | 'name'>;

function application(type: ApplicationType) {
  return (name: string, options: Options = {}): ApplicationDescription => ({ ...options, type, name });
}

/** A NestJS back end: port 3000, `/health/live` and `/health/ready`. */
export const nest = application('nest');
/** A SvelteKit application with its Node.js adapter: port 3000, `/api/health`. */
export const svelteKit = application('svelte-kit');
/** A Next.js application: port 3000, `/api/health`. */
export const next = application('next');
/** A static Astro site behind nginx: port 80, `/health`. */
export const astro = application('astro');
/** A static Vite site behind nginx: port 80, `/health`. */
export const vite = application('vite');
/** An Expo app: no container; its update bundle is a static site. */
export const expo = application('expo');

/** An image of somebody else. It must say its port and how it tells that it is well. */
export function image(name: string, options: Options & { readonly image: string }): ApplicationDescription {
  return { ...options, type: 'image', name };
}

/** A product: applications that share a name, hosts and a life cycle. Names become `<product>-api`, `-web`, `-landing`, `-app`. */
export function product(
  name: string,
  title: string,
  parts: {
    readonly api?: Options;
    readonly web?: Options & { readonly type?: 'svelte-kit' | 'next' };
    readonly landing?: Options & { readonly type?: 'astro' | 'vite' };
    readonly app?: Options;
  },
): ProductDescription {
  const { api, web, landing, app } = parts;
  const of = (suffix: string, options: Options, type: ApplicationType, host: string): ApplicationDescription => ({
    folder: `products/${name}/${suffix}`,
    host,
    ...options,
    type,
    name: `${name}-${suffix}`,
  });
  return {
    name,
    title,
    applications: [
      ...(api === undefined ? [] : [of('api', api, 'nest', `api-${name}`)]),
      ...(web === undefined ? [] : [of('web', web, web.type ?? 'svelte-kit', `app-${name}`)]),
      ...(landing === undefined ? [] : [of('landing', landing, landing.type ?? 'astro', name)]),
      ...(app === undefined ? [] : [of('app', app, 'expo', `updates-${name}`)]),
    ],
  };
}
