import type { Address } from '@plinth/contracts';

/** Where customers transfer money to. */
export interface BankAccount {
  readonly holder: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly bankName: string | null;
}

/** What is said of a legal entity, without its identity. */
export interface LegalEntityContent {
  readonly key: string;
  readonly name: string;
  readonly address: Address | null;
  readonly taxId: string | null;
  /** Register and number, as printed. */
  readonly registration: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly bank: BankAccount | null;
  /** Text at the foot of documents by BCP 47 language tag. */
  readonly footer: Readonly<Record<string, string>>;
  readonly invoicePrefix: string;
  readonly creditNotePrefix: string;
  /** Tax is rounded on each line, or once for each rate from the sum (rule 3). */
  readonly taxRounding: 'line' | 'total';
  readonly taxProvider: 'rates' | 'external';
  /** Countries of one tax union with the entity: business customers in another one of them owe the tax themselves. */
  readonly taxUnion: readonly string[];
  readonly paymentTermDays: number;
  /** Hours that a draft waits to be looked at; 0: it is finalized at once. */
  readonly reviewHours: number;
}

/** Who issues invoices. */
export interface LegalEntity extends LegalEntityContent {
  readonly id: string;
  /** 0 for the default one before anything was said of it. */
  readonly version: number;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
}

/** The legal entity that every tenant has: its id is the tenant's. */
export function defaultLegalEntity(tenantId: string): LegalEntity {
  return {
    id: tenantId,
    key: 'default',
    name: '',
    address: null,
    taxId: null,
    registration: null,
    email: null,
    phone: null,
    bank: null,
    footer: {},
    invoicePrefix: 'INV-',
    creditNotePrefix: 'CN-',
    taxRounding: 'line',
    taxProvider: 'rates',
    taxUnion: [],
    paymentTermDays: 14,
    reviewHours: 0,
    version: 0,
    createdAt: null,
    updatedAt: null,
  };
}

/** The legal entities of a tenant, by key and id. */
export class LegalEntities {
  readonly #byKey: ReadonlyMap<string, LegalEntity>;
  readonly #byId: ReadonlyMap<string, LegalEntity>;
  readonly standard: LegalEntity;

  constructor(tenantId: string, entities: readonly LegalEntity[]) {
    this.#byKey = new Map(entities.map((entity) => [entity.key, entity]));
    this.#byId = new Map(entities.map((entity) => [entity.id, entity]));
    this.standard = this.#byId.get(tenantId) ?? defaultLegalEntity(tenantId);
  }

  /** The one that bills an account: the one that its profile names, if there is such, or the default one. */
  forKey(key: string | undefined): LegalEntity {
    return (key === undefined ? undefined : this.#byKey.get(key)) ?? this.standard;
  }

  get(id: string): LegalEntity {
    return this.#byId.get(id) ?? this.standard;
  }
}
