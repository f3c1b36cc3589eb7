import type { Permission, Principal } from '@plinth/contracts';
import type { z } from 'zod';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * A request and its answer, as the OpenAPI document shows them. Ids are those of `exampleIds`: whoever runs examples puts
 * the ids in their places that came back before.
 */
export interface OperationExample {
  readonly summary: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Content type of the body; the first one of the operation when absent. */
  readonly contentType?: string;
  readonly response?: unknown;
}

/** One HTTP operation, described once: routing, checks, OpenAPI and the client come from it. */
export interface OperationDefinition {
  readonly id: string;
  readonly method: HttpMethod;
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** Permission that the caller needs; `authenticated`: any signed-in caller; `public`: anybody. */
  readonly permission: Permission | 'authenticated' | 'public';
  /** Whether the caller must act in a tenant; true unless said otherwise. */
  readonly tenant?: boolean;
  /**
   * Also for callers who hold the permission in a part of the tenant alone: the service checks each object (`can`) and
   * lists only what the caller may see (`conditionFor`). Without it such callers are refused.
   */
  readonly scoped?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  /** Content type of the body; `application/json` also takes `application/merge-patch+json` on PATCH. */
  readonly contentTypes?: readonly string[];
  /** Content type of the answer where it is a file; JSON otherwise. */
  readonly produces?: string;
  /** Takes an Idempotency-Key: for every POST that creates or moves money. */
  readonly idempotent?: boolean;
  /** The response carries an ETag made of `version`; updates must send it back in If-Match. */
  readonly etag?: 'returned' | 'required';
  /** Refused while somebody of the support staff acts as the user: credentials, and what cannot be undone. */
  readonly sensitive?: true;
  /** The handler also gets the body as it was sent: what is signed is its bytes. */
  readonly rawBody?: true;
  /** Sets cookies or keeps the client's address: the handler gets `browser`. */
  readonly browser?: true;
  /** By name, for people and programs that read the OpenAPI document. */
  readonly examples?: Readonly<Record<string, OperationExample>>;
  /** Error codes that this operation adds to the ones every operation has. */
  readonly errors?: readonly string[];
  /** Extension members of this operation's problems, by status. */
  readonly problems?: Readonly<Partial<Record<400 | 401 | 403 | 404 | 429 | 503, z.ZodType>>>;
}

/** The other side of a sign-in. */
export interface Browser {
  /** Address of the client, behind trusted proxies. */
  readonly ip: string;
  readonly userAgent: string | undefined;
  readonly cookies: string | undefined;
  /** Adds a Set-Cookie header to the answer. */
  setCookie(header: string): void;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a controller method receives: everything checked. */
export interface OperationInput<Definition extends OperationDefinition = OperationDefinition> {
  readonly params: Parsed<Definition['params']>;
  readonly query: Parsed<Definition['query']>;
  readonly body: Parsed<Definition['body']>;
  /** The caller; on public operations an anonymous one. */
  readonly principal: Principal;
  /** The caller's tenant; the empty string only where the operation says `tenant: false`. */
  readonly tenantId: string;
  /** Version from If-Match; undefined when the header is absent or `*`. */
  readonly ifMatch: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Only where the operation says `rawBody: true`. */
  readonly rawBody: Definition['rawBody'] extends true ? string : undefined;
  /** Only where the operation says `browser: true`. */
  readonly browser: Definition['browser'] extends true ? Browser : undefined;
}

export type OperationOutput<Definition extends OperationDefinition> = z.input<Definition['response']>;

/** Defines an operation; keeps its literal types. */
export function defineOperation<const Definition extends OperationDefinition>(definition: Definition): Definition {
  return definition;
}

/** Metadata key under which a handler carries its operation. */
export const OPERATION_METADATA = 'plinth:operation';
