import type { EventEnvelope } from '@plinth/contracts';

/** An event on its way: the envelope and where it belongs. */
export interface EventMessage {
  readonly topic: string;
  /** Order is kept per key. */
  readonly key: string;
  readonly envelope: EventEnvelope;
}

/** What a consumer is called and what it listens to. */
export interface ConsumerRegistration {
  /** Unique name, stable across restarts: `<service>.<UseCase>`. */
  readonly consumer: string;
  readonly topic: string;
  readonly type: string;
  /**
   * Handles messages of a consumer, in order per key. Throws when one must be tried again; which of several
   * failed is found by handing them over one by one.
   */
  readonly handle: (messages: readonly EventMessage[]) => Promise<void>;
  /** Most messages handed over at once. */
  readonly batchSize: number;
}

/** The port behind which PostgreSQL, Kafka and RabbitMQ carry events, with the same semantics. */
export interface EventDriver {
  /** Takes events durably, or throws: then none of them may be considered sent. */
  publish(messages: readonly EventMessage[]): Promise<void>;
  /** Starts delivery to the consumers; call it once, with all of them. */
  start(consumers: readonly ConsumerRegistration[]): Promise<void>;
  /** Stops delivery after running handlers are done. */
  stop(): Promise<void>;
  /** Says that new events may be there. A hint: delivery does not depend on it. */
  hint(): void;
}

/** How often a failing event is tried before it becomes a dead letter, and how long between tries. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maximumDelayMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 8, firstDelayMs: 500, maximumDelayMs: 60_000 };

/** Exponential back-off with full jitter; `random` is in [0, 1). */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: number): number {
  const ceiling = Math.min(policy.maximumDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
