import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { ProductArchivedError } from './product.errors.ts';
import type { Product } from './product.ts';
import * as store from './product.store.ts';

export interface NewProduct {
  readonly key: string;
  readonly name: string;
  readonly description?: string | undefined;
}

export interface ProductChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly archived?: boolean | undefined;
}

/** Keeps what a tenant sells. */
export class ProductService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async create(tenantId: string, input: NewProduct): Promise<Product> {
    const now = this.#clock.now();
    const product: Product = {
      id: newId(now.getTime()),
      key: input.key,
      name: input.name,
      description: input.description ?? null,
      archived: false,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      await this.add(transaction, product);
      return product;
    });
  }

  async get(tenantId: string, id: string): Promise<Product> {
    const product = await this.#database.transaction(tenantId, (transaction) => store.findProduct(transaction, id));
    if (product === undefined) throw new NotFoundError('product', id);
    return product;
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Product>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listProducts(transaction, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (product) => [product.id],
      (product) => product,
    );
  }

  async update(tenantId: string, id: string, change: ProductChange, ifMatch: number | undefined): Promise<Product> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findProductForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('product', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      if (Object.values(change).every((value) => value === undefined)) return before;
      const after: Product = {
        ...before,
        name: change.name ?? before.name,
        description: change.description === undefined ? before.description : change.description,
        archived: change.archived ?? before.archived,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await this.change(transaction, before, after);
      return after;
    });
  }

  /** Every product. */
  async listAll(transaction: Transaction): Promise<Product[]> {
    return store.listProducts(transaction, null, undefined);
  }

  async add(transaction: Transaction, product: Product): Promise<void> {
    await store.insertProduct(transaction, product);
    transaction.audit({ action: 'product.created', resourceType: 'product', resourceId: product.id, after: product });
  }

  async change(transaction: Transaction, before: Product, after: Product): Promise<void> {
    await store.updateProduct(transaction, after);
    const entry = { resourceType: 'product', resourceId: after.id, before, after };
    transaction.audit({ action: 'product.updated', ...entry });
  }

  /** Throws unless the product exists and is not archived; it stays so until the transaction ends. */
  async assertOpen(transaction: Transaction, id: string): Promise<void> {
    const product = await store.findProductForShare(transaction, id);
    if (product === undefined) throw new NotFoundError('product', id);
    if (product.archived) throw new ProductArchivedError(id);
  }
}
