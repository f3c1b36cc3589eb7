import type { LocalDate } from '@plinth/common/calendar';

/** The tax of a category of goods in a country or one of its regions, for a span of dates, [validFrom, validTo). */
export interface TaxRate {
  readonly id: string;
  readonly legalEntityId: string;
  /** As prices name it, such as `standard` or `reduced`. */
  readonly category: string;
  readonly country: string;
  /** Null: the whole country. */
  readonly region: string | null;
  /** Percent as exact text. */
  readonly percent: string;
  /** As printed, such as `VAT` or `MwSt.`. */
  readonly label: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Rates by what finds them. */
export class TaxRates {
  readonly #rates = new Map<string, TaxRate[]>();
  readonly #entities = new Set<string>();

  constructor(rates: readonly TaxRate[]) {
    for (const rate of rates) {
      this.#entities.add(rate.legalEntityId);
      const key = keyOf(rate.legalEntityId, rate.category, rate.country, rate.region);
      const same = this.#rates.get(key);
      if (same === undefined) this.#rates.set(key, [rate]);
      else same.push(rate);
    }
  }

  /** Whether the legal entity has any rate: without one it does not charge tax. */
  isEmptyFor(legalEntityId: string): boolean {
    return !this.#entities.has(legalEntityId);
  }

  /** The newest rate of a region, else of its country, that applies on a date. */
  find(legalEntityId: string, category: string, place: TaxPlace, date: LocalDate): TaxRate | undefined {
    return (
      (place.region === null
        ? undefined
        : this.#newest(keyOf(legalEntityId, category, place.country, place.region), date)) ??
      this.#newest(keyOf(legalEntityId, category, place.country, null), date)
    );
  }

  #newest(key: string, date: LocalDate): TaxRate | undefined {
    let newest: TaxRate | undefined;
    for (const rate of this.#rates.get(key) ?? []) {
      const applies = rate.validFrom <= date && (rate.validTo === null || date < rate.validTo);
      if (applies && (newest === undefined || newest.validFrom < rate.validFrom)) newest = rate;
    }
    return newest;
  }
}

export interface TaxPlace {
  readonly country: string;
  readonly region: string | null;
}

function keyOf(legalEntityId: string, category: string, country: string, region: string | null): string {
  return `${legalEntityId}/${country}/${region ?? ''}/${category}`;
}
