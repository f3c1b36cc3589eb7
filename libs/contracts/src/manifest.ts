import type { EventType } from './events/event-types.ts';

/** A variable of the environment: the one description from which parsing, `.env.example` and docs come. */
export interface VariableDefinition {
  readonly name: string;
  readonly type: 'string' | 'url' | 'integer' | 'boolean' | 'list' | 'duration';
  /** The only values that a string may have. */
  readonly values?: readonly string[];
  readonly doc: string;
  /** A secret is parsed into `Secret<string>` and never printed. */
  readonly secret?: boolean;
  /** Absent default and `required` not false: the variable must be set. */
  readonly default?: string;
  readonly required?: boolean;
  /** Smallest and largest value of an integer or a duration in milliseconds. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly environments?: Readonly<Record<string, string>>;
}

/** What each answered request to a route is sold as. */
export interface RouteUsage {
  /** The billable unit, such as `api_call`: type of the usage event, and key of the meter whose quotas hold. */
  readonly unit: string;
  /** Exact decimal above zero of at most 18 integer and 12 fraction digits; 1 when absent. */
  readonly quantity?: string;
  /**
   * Who emits it. The embedded gateway does unless the service says that it does so itself, as it must behind a gateway
   * that sees no answers or that sends requests past the platform's own.
   */
  readonly emittedBy?: 'gateway' | 'service';
}

/** One prefix of the gateway's route table, below `/api/v1`. */
export interface RouteDefinition {
  readonly path: `/${string}`;
  /** Requests a minute and caller; the service's limit when absent. */
  readonly rateLimit?: number;
  /** Critical routes get a time-out of 5 s instead of 60 s. */
  readonly critical?: boolean;
  /** Largest request body in bytes; 1 MiB when absent. */
  readonly bodyLimit?: number;
  /** Served without sign-in: sign-up, JWKS, discovery. */
  readonly public?: boolean;
  /** Its requests are usage of the account that pays for the caller's tenant, and stop at that account's quotas. */
  readonly usage?: RouteUsage;
}

/** Everything about a service that runs it and delivers it. */
export interface ServiceManifest {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly port: number;
  /** Requests a minute and caller for all routes that do not say otherwise. */
  readonly rateLimit: number;
  readonly routes: readonly RouteDefinition[];
  /**
   * Prefixes outside of `/api/v1`, such as pages for people: public, with their cookies, each with the service's limit
   * for one address.
   */
  readonly pages?: readonly `/${string}`[];
  /** Prefix of the service's own variables; an unknown variable with it is a fault. */
  readonly variablePrefix: string;
  readonly variables: readonly VariableDefinition[];
  readonly database: {
    readonly schema: string;
    readonly role: string;
    readonly extraSchemas?: readonly string[];
    /** Connections beside the pool of the process that keep settings of their session: no transaction pool takes them. */
    readonly sessionConnections?: number;
  };
  readonly events: {
    readonly publishes: readonly EventType[];
    /** Topic → event type → name of the use case that handles it (requirement 04). */
    readonly consumes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  /** Other services whose contract this one calls. */
  readonly calls: readonly string[];
  /**
   * What it reaches beside the platform's own services: the mail server, or anything outside, such as webhooks. Nothing
   * when absent, and then no network lets it.
   */
  readonly reaches?: readonly ('mail' | 'internet')[];
  readonly health: { readonly live: string; readonly ready: string; readonly metrics: string };
  /** What it requests, and its limits where the usual ones (500m or half as much again, 512Mi or double) do not fit. */
  readonly resources: {
    readonly cpu: string;
    readonly memory: string;
    readonly limits?: { readonly cpu: string; readonly memory: string };
  };
}

/** Health paths that every service answers. */
export const standardHealth = { live: '/health/live', ready: '/health/ready', metrics: '/metrics' } as const;

/** Gives a manifest its type and checks nothing: the server and `plinth check` do. */
export function defineService<const Manifest extends ServiceManifest>(manifest: Manifest): Manifest {
  return manifest;
}
