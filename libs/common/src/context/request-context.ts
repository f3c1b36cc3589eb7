import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from '@plinth/contracts';

/** What is known of the request or event that runs; carried through logs, events, audit and calls. */
export interface RequestContext {
  readonly requestId: string;
  readonly traceparent?: string | undefined;
  principal?: Principal | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Id of the event that caused this work. */
  readonly causationId?: string | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the running request or event; undefined outside of both. */
export function findRequestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs `work` with the given context. */
export function runInContext<Result>(context: RequestContext, work: () => Result): Result {
  return storage.run(context, work);
}
