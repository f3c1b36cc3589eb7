import { RateLimitedError } from '@plinth/common';
import type { FastifyReply } from 'fastify';
import { windowMs, type RateDecision } from './rate-counter.ts';

/** What a client learns of one limit (draft-ietf-httpapi-ratelimit-headers). */
export interface Policy {
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds; undefined: it never begins anew. */
  readonly resetSeconds: number | undefined;
  /** Length of the window in seconds, where it always has the same. */
  readonly windowSeconds?: number;
}

/** Tells the client of a limit instead of those that it was told of before. */
export function setPolicy(reply: FastifyReply, policy: Policy): void {
  reply.header('ratelimit-policy', toPolicyItem(policy));
  reply.header('ratelimit', toStateItem(policy));
}

/** Tells the client of a limit beside others. */
export function addPolicy(reply: FastifyReply, policy: Policy): void {
  const before = ['ratelimit-policy', 'ratelimit'].map((name) => reply.getHeader(name));
  if (before[0] === undefined) return setPolicy(reply, policy);
  reply.header('ratelimit-policy', `${String(before[0])}, ${toPolicyItem(policy)}`);
  reply.header('ratelimit', `${String(before[1])}, ${toStateItem(policy)}`);
}

/** Tells the client of what was counted, and throws when it was too much. */
export function applyDecision(decision: RateDecision, reply: FastifyReply, name: string): void {
  setPolicy(reply, toPolicy(decision, name));
  if (!decision.allowed) throw new RateLimitedError(decision.resetSeconds);
}

/** The same beside the limit of the route or the key. What refuses stands alone. */
export function addDecision(decision: RateDecision, reply: FastifyReply, name: string): void {
  if (!decision.allowed) return applyDecision(decision, reply, name);
  addPolicy(reply, toPolicy(decision, name));
}

function toPolicy({ limit, remaining, resetSeconds }: RateDecision, name: string): Policy {
  return { name, limit, remaining, resetSeconds, windowSeconds: windowMs / 1000 };
}

function toPolicyItem({ name, limit, windowSeconds }: Policy): string {
  return `"${name}";q=${limit}${windowSeconds === undefined ? '' : `;w=${windowSeconds}`}`;
}

function toStateItem({ name, remaining, resetSeconds }: Policy): string {
  return `"${name}";r=${remaining}${resetSeconds === undefined ? '' : `;t=${resetSeconds}`}`;
}
