import type { PlanFamily } from '@plinth/contracts';

/** Plans that a subscription can change between, and when such a change takes effect unless the caller says otherwise. */
export interface Family {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly upgrade: PlanFamily['upgrade'];
  readonly downgrade: PlanFamily['downgrade'];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A plan's place in a family. */
export interface FamilyMember {
  readonly planId: string;
  readonly key: string;
  readonly rank: number;
  /** Keys of the plans that a subscription may change to; null: all of the family. */
  readonly changesTo: readonly string[] | null;
}
