import type { Permission, Principal } from '@plinth/contracts';
import type { z } from 'zod';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

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
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  /** Content type of the body; `application/json` also takes `application/merge-patch+json` on PATCH. */
  readonly contentTypes?: readonly string[];
  /** Takes an Idempotency-Key: for every POST that creates or moves money. */
  readonly idempotent?: boolean;
  /** The response carries an ETag made of `version`; updates must send it back in If-Match. */
  readonly etag?: 'returned' | 'required';
  /** Error codes that this operation adds to the ones every operation has. */
  readonly errors?: readonly string[];
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
}

export type OperationOutput<Definition extends OperationDefinition> = z.input<Definition['response']>;

/** Defines an operation; keeps its literal types. */
export function defineOperation<const Definition extends OperationDefinition>(definition: Definition): Definition {
  return definition;
}

/** Metadata key under which a handler carries its operation. */
export const OPERATION_METADATA = 'plinth:operation';
