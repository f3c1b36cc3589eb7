export type Aggregation = 'count' | 'sum' | 'max' | 'min' | 'last' | 'unique_count' | 'weighted_sum' | 'percentile';

/** A condition on a property of an event's data, compared as text. A property that is absent differs from every text. */
export interface MeterFilter {
  readonly property: string;
  readonly operator: 'equals' | 'not_equals' | 'in';
  /** One value, unless the operator is `in`. */
  readonly values: readonly string[];
}

/** How events of a type become a quantity. */
export interface MeterDefinition {
  readonly aggregation: Aggregation;
  /** Property of the event's data that is aggregated; null for counts. */
  readonly valueProperty: string | null;
  /** Above 0, at most 100; null unless the aggregation is a percentile. A decimal. */
  readonly percentile: string | null;
  /** All must hold. */
  readonly filters: readonly MeterFilter[];
  /** Properties of the event's data by which usage can be grouped. */
  readonly dimensions: readonly string[];
}

/**
 * `building`: made of stored events, beside the active one. `superseded`: its windows wait to be deleted.
 */
export type RevisionStatus = 'building' | 'active' | 'superseded' | 'removed';

/** A meter's definition at one time, with what was counted by it. */
export interface MeterRevision extends MeterDefinition {
  readonly id: string;
  readonly meterId: string;
  /** 1, 2, 3 … in the meter. */
  readonly number: number;
  readonly status: RevisionStatus;
  /** Events of this generation and later ones are counted as they come, those before by the re-aggregation. */
  readonly generation: number;
  /** Stored events that the re-aggregation has counted. */
  readonly countedEvents: number;
  /** Stored events that cannot be counted by the definition: without a usable value. */
  readonly skippedEvents: number;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
}

/** A meter with its active definition. */
export interface Meter extends MeterDefinition {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly eventType: string;
  readonly unit: string | null;
  readonly archived: boolean;
  readonly version: number;
  readonly revisionId: string;
  /** Number of the active revision. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a revision counts: what events are matched with. */
export interface Series extends MeterDefinition {
  /** The revision's id. */
  readonly id: string;
  readonly meterId: string;
  /** Of the meter. */
  readonly key: string;
  readonly eventType: string;
  readonly status: RevisionStatus;
  readonly generation: number;
  /** Whether there is a quota on the meter. */
  readonly hasQuotas: boolean;
}

/** Everything that counts in a tenant at present. */
export interface CountingSeries {
  readonly generation: number;
  readonly series: readonly Series[];
}
