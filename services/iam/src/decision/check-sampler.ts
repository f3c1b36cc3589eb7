/** Denied checks that a tenant's callers make about themselves: so many a minute go into the log. */
const mostEachMinute = 60;
const mostTenants = 10_000;

/** Chooses which checks are kept, so that nobody fills the log by asking. One for each process. */
export class CheckSampler {
  readonly #taken = new Map<string, number>();
  #minute = 0;

  /** Whether this one is kept. */
  take(tenantId: string, now: Date): boolean {
    const minute = Math.floor(now.getTime() / 60_000);
    if (minute !== this.#minute) {
      this.#taken.clear();
      this.#minute = minute;
    }
    const taken = this.#taken.get(tenantId) ?? 0;
    if (taken >= mostEachMinute || (taken === 0 && this.#taken.size >= mostTenants)) return false;
    this.#taken.set(tenantId, taken + 1);
    return true;
  }
}
