import type { Principal } from '@plinth/contracts';
import { hasPermission } from '@plinth/common';

/**
 * What gives money away: adjustment is a charge of less than nothing, one that is taken back, or a draft that is made
 * cheaper; credit a promotional grant; coupon one that a person redeems; recorded_payment money that somebody says has
 * come.
 */
export const guardedActions = [
  'refund',
  'credit_note',
  'write_off',
  'void',
  'adjustment',
  'credit',
  'coupon',
  'recorded_payment',
] as const;
export type GuardedActionName = (typeof guardedActions)[number];

/** How much a holder may give away by an action without somebody else's word. Smallest units; null: no limit. */
export interface ApprovalRule {
  readonly id: string;
  readonly action: GuardedActionName;
  /** A built-in role, or a permission (it has a colon) by which roles of the tenant's own are told apart. */
  readonly holder: string;
  readonly currency: string;
  readonly amountMinor: bigint | null;
  /** Over any 24 hours. */
  readonly dayMinor: bigint | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type Limit = Pick<ApprovalRule, 'amountMinor' | 'dayMinor'>;

export type ApprovalStatus = 'pending' | 'approved' | 'executed' | 'failed' | 'rejected' | 'canceled' | 'expired';

/** Something that was above somebody's limit and waits for, or had, the word of somebody else. */
export interface ApprovalRequest {
  readonly id: string;
  readonly action: GuardedActionName;
  readonly accountId: string;
  readonly disputeId: string | null;
  readonly currency: string;
  /** Null: what it comes to is not known beforehand. */
  readonly amountMinor: bigint | null;
  readonly reason: string;
  /** With which the action is done; amounts as text. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: ApprovalStatus;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  readonly attempts: number;
  readonly attemptedAt: Date | null;
  readonly executedAt: Date | null;
  readonly resultType: string | null;
  readonly resultId: string | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly version: number;
}

/** An action as it is done, or would have been. */
export interface GuardedAction {
  readonly action: GuardedActionName;
  readonly accountId: string;
  readonly currency: string;
  /** What it gives away, zero or more; null: that is not known beforehand, and only who has no limit may do it. */
  readonly amountMinor: bigint | null;
  readonly reason: string;
  /** With which it can be done again, amounts spelled out: what is approved is this and no more. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly result: { readonly type: string; readonly id: string };
}

/** How long a request waits. */
export const requestLifeMs = 7 * 86_400_000;
/** Limits of a day are over the 24 hours before: nobody gets twice as much around midnight. */
export const dayMs = 86_400_000;

const administrators = ['org_admin', 'platform_admin'];
const none: Limit = { amountMinor: 0n, dayMinor: 0n };
const unlimited: Limit = { amountMinor: null, dayMinor: null };

/** Whether the caller is a person who speaks for themself: keys, programs and support staff who act as a user are not. */
export function isPerson(principal: Principal): boolean {
  return principal.kind === 'user' && principal.actor === undefined;
}

/**
 * The limits that a caller has for one action and currency, by its rules. Whoever has several may use any of them.
 * Without a rule administrators have no limit, and everybody else may give away nothing.
 */
export function limitsOf(principal: Principal, rules: readonly ApprovalRule[]): readonly Limit[] {
  if (principal.actor !== undefined) return [none];
  const held = rules.filter(({ holder }) => holds(principal, holder));
  const unruled = administrators.filter(
    (role) => principal.roles.includes(role) && !rules.some(({ holder }) => holder === role),
  );
  return [...held, ...unruled.map(() => unlimited), none];
}

/** Whether one of the limits covers the amount, after what was given away in the last 24 hours. */
export function isWithin(limits: readonly Limit[], amountMinor: bigint | null, usedMinor: bigint): boolean {
  if (amountMinor === 0n) return true;
  if (amountMinor === null) return limits.some((limit) => limit.amountMinor === null && limit.dayMinor === null);
  return limits.some(
    (limit) =>
      (limit.amountMinor === null || amountMinor <= limit.amountMinor) &&
      (limit.dayMinor === null || usedMinor + amountMinor <= limit.dayMinor),
  );
}

/** Whether a limit gives no more than one of the others. */
export function isCoveredBy(limit: Limit, own: readonly Limit[]): boolean {
  return own.some((one) => isAtMost(limit.amountMinor, one.amountMinor) && isAtMost(limit.dayMinor, one.dayMinor));
}

/** Whether the caller's own limits are nobody's to set but theirs who have none. */
export function isAdministrator(principal: Principal): boolean {
  return principal.actor === undefined && administrators.some((role) => principal.roles.includes(role));
}

/** Whether a rule's holder is a role that has no limit by itself. */
export function isOfAdministrators(holder: string): boolean {
  return administrators.includes(holder);
}

function holds(principal: Principal, holder: string): boolean {
  return holder.includes(':') ? hasPermission(principal, holder) : principal.roles.includes(holder);
}

/** Whether an amount is no more than another one; null: any amount. */
export function isAtMost(amount: bigint | null, most: bigint | null): boolean {
  return most === null || (amount !== null && amount <= most);
}
