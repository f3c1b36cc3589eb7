/** Work that falls due in the course of time, and that a test clock lets happen in order. */
export interface TimedWork {
  readonly name: string;
  /** The first instant after `after` at which something falls due; null: nothing is known to. Absent: once a day will do. */
  readonly nextAt?: (tenantId: string, after: Date) => Promise<Date | null>;
  /** Does all that is due in the tenant's time; gives how much that was. */
  readonly run: (tenantId: string) => Promise<number>;
}
