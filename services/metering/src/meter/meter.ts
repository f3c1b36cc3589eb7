export type Aggregation = 'count' | 'sum' | 'max' | 'last' | 'unique_count';

/** How events of a type become a quantity. */
export interface Meter {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly eventType: string;
  readonly aggregation: Aggregation;
  /** Property of the event's data that is aggregated; null for counts. */
  readonly valueProperty: string | null;
  readonly unit: string | null;
  readonly archived: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
