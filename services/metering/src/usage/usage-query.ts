/** Size of the windows of a time series. */
export type WindowSize = 'quarter_hour' | 'hour' | 'day' | 'month';

/** What to read of one meter in [from, to). */
export interface UsageQuery {
  /** Key of the meter. */
  readonly meter: string;
  /** Absent: all accounts of the tenant. */
  readonly accountIds?: readonly string[] | undefined;
  /** On quarters of an hour, as `to`. */
  readonly from: Date;
  readonly to: Date;
  /** Absent: one quantity for the whole range. */
  readonly windowSize?: WindowSize | undefined;
  /** IANA zone in which hours, days and months begin; UTC when absent. */
  readonly windowTimeZone?: string | undefined;
  /** Dimensions of the meter; `accountId` groups by account. */
  readonly groupBy?: readonly string[] | undefined;
  /** Allowed values by dimension; usage with another value is left out. */
  readonly filter?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** One quantity of a query's answer; windows and groups without events are left out. */
export interface UsageRow {
  /** Start of the window, or of the whole range; never before `from`. */
  readonly from: Date;
  readonly to: Date;
  /** Values of the dimensions asked for; the empty text where an event had none. */
  readonly values: Readonly<Record<string, string>>;
  /** Exact decimal. */
  readonly quantity: string;
}
