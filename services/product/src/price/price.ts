import type { VersionPrice } from '../plan/plan.ts';

/** A price and the plan version that it belongs to. */
export interface PlanPrice extends VersionPrice {
  readonly planId: string;
  readonly planVersion: number;
  readonly currency: string;
  /** Place among the prices of its plan version, from 1. */
  readonly position: number;
}
