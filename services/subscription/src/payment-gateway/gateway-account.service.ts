import { randomBytes } from 'node:crypto';
import {
  Cipher,
  decodeCursor,
  newId,
  NotFoundError,
  Secret,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { GatewayDisabledError, GatewaySecretMissingError } from './gateway-account.errors.ts';
import * as store from './gateway-account.store.ts';
import type { GatewayAccount } from './gateway-account.ts';
import type { OnlineGateway } from './payment-gateway.ts';
import { StripeGateway } from './stripe-gateway.ts';

export interface GatewayAccountServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly entities: LegalEntityService;
  /** Encrypts the gateways' keys; without it none can be kept. */
  readonly secret: Secret | undefined;
  readonly stripeUrl: string;
  readonly timeoutMs: number;
}

export interface GatewayAccountSettings {
  readonly name: string;
  readonly legalEntityId: string | null;
  readonly publishableKey: string | null;
  readonly secretKey: string;
  readonly webhookSecret: string | null;
  readonly enabled: boolean;
}

/** A gateway that is ready to be asked, and whose it is. */
export interface ReadyGateway {
  readonly account: GatewayAccount;
  readonly gateway: OnlineGateway;
}

/** Keeps the tenants' accounts at payment gateways. Their keys are encrypted and leave to the gateway alone. */
export class GatewayAccountService {
  readonly #options: GatewayAccountServiceOptions;
  readonly #cipher: Cipher | undefined;

  constructor(options: GatewayAccountServiceOptions) {
    this.#options = options;
    this.#cipher = options.secret === undefined ? undefined : new Cipher(options.secret, 'gateway-account');
  }

  async create(tenantId: string, settings: GatewayAccountSettings): Promise<GatewayAccount> {
    const { database, clock } = this.#options;
    await this.#checkLegalEntity(tenantId, settings.legalEntityId);
    const now = clock.now();
    const id = newId();
    const account: store.StoredGatewayAccount = {
      ...settings,
      id,
      tenantId,
      gateway: 'stripe',
      secretKey: this.#encrypt(id, settings.secretKey),
      webhookSecret: settings.webhookSecret === null ? null : this.#encrypt(id, settings.webhookSecret),
      hasWebhookSecret: settings.webhookSecret !== null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await database.transaction(tenantId, async (transaction) => {
      await store.insertGatewayAccount(transaction, account);
      audit(transaction, 'created', undefined, account);
    });
    return withoutKeys(account);
  }

  /** Changes what is given; a key that is not given stays. */
  async update(
    tenantId: string,
    id: string,
    change: Partial<GatewayAccountSettings>,
    ifMatch: number | undefined,
  ): Promise<GatewayAccount> {
    const { database, clock } = this.#options;
    await this.#checkLegalEntity(tenantId, change.legalEntityId ?? null);
    return database.transaction(tenantId, async (transaction) => {
      const before = await store.findGatewayAccountForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('gateway account', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const { secretKey, webhookSecret, ...settings } = change;
      const after: store.StoredGatewayAccount = {
        ...before,
        ...settings,
        ...(secretKey === undefined ? {} : { secretKey: this.#encrypt(id, secretKey) }),
        ...(webhookSecret === undefined
          ? {}
          : {
              webhookSecret: webhookSecret === null ? null : this.#encrypt(id, webhookSecret),
              hasWebhookSecret: webhookSecret !== null,
            }),
        version: before.version + 1,
        updatedAt: clock.now(),
      };
      await store.updateGatewayAccount(transaction, after);
      audit(transaction, 'updated', before, after, secretKey !== undefined || webhookSecret !== undefined);
      return withoutKeys(after);
    });
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<GatewayAccount>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listGatewayAccounts(transaction, limit + 1, after),
    );
    return toPage(rows, limit, ({ id }) => [id], withoutKeys);
  }

  async get(tenantId: string, id: string): Promise<GatewayAccount> {
    return withoutKeys(await this.#getStored(tenantId, id));
  }

  /** A gateway account that may be charged by. Throws `GatewayDisabledError` unless `evenDisabled`. */
  async open(tenantId: string, id: string, evenDisabled = false): Promise<ReadyGateway> {
    const stored = await this.#getStored(tenantId, id);
    if (!stored.enabled && !evenDisabled) throw new GatewayDisabledError(id);
    return this.#toReady(stored);
  }

  /** The gateway account that a webhook names, whosever it is; undefined when there is none. */
  async findForWebhook(id: string): Promise<ReadyGateway | undefined> {
    const stored = await this.#options.database.platformTransaction((transaction) =>
      store.findGatewayAccount(transaction, id),
    );
    return stored === undefined ? undefined : this.#toReady(stored);
  }

  /** Stands for an account that is not there: nothing is signed by it. */
  openUnknown(): OnlineGateway {
    const { stripeUrl, timeoutMs } = this.#options;
    return new StripeGateway({
      baseUrl: stripeUrl,
      timeoutMs,
      secretKey: new Secret(''),
      webhookSecret: new Secret(randomBytes(32).toString('hex')),
    });
  }

  async #checkLegalEntity(tenantId: string, id: string | null): Promise<void> {
    if (id !== null) await this.#options.entities.get(tenantId, id);
  }

  async #getStored(tenantId: string, id: string): Promise<store.StoredGatewayAccount> {
    const stored = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findGatewayAccount(transaction, id),
    );
    if (stored === undefined) throw new NotFoundError('gateway account', id);
    return stored;
  }

  #toReady(stored: store.StoredGatewayAccount): ReadyGateway {
    const { stripeUrl, timeoutMs } = this.#options;
    const cipher = this.#needCipher();
    const reveal = (value: Buffer): Secret => new Secret(cipher.decrypt(value, stored.id));
    const gateway = new StripeGateway({
      baseUrl: stripeUrl,
      timeoutMs,
      secretKey: reveal(stored.secretKey),
      webhookSecret: stored.webhookSecret === null ? undefined : reveal(stored.webhookSecret),
    });
    return { account: withoutKeys(stored), gateway };
  }

  #encrypt(id: string, key: string): Buffer {
    return this.#needCipher().encrypt(key, id);
  }

  #needCipher(): Cipher {
    if (this.#cipher === undefined) throw new GatewaySecretMissingError();
    return this.#cipher;
  }
}

function withoutKeys({
  secretKey: _key,
  webhookSecret: _secret,
  ...account
}: store.StoredGatewayAccount): GatewayAccount {
  return account;
}

function audit(
  transaction: Transaction,
  what: 'created' | 'updated',
  before: store.StoredGatewayAccount | undefined,
  after: store.StoredGatewayAccount,
  keysChanged = true,
): void {
  transaction.audit({
    action: `gateway_account.${what}`,
    resourceType: 'gateway_account',
    resourceId: after.id,
    ...(before === undefined ? {} : { before: withoutKeys(before) }),
    after: { ...withoutKeys(after), keysChanged },
  });
}
