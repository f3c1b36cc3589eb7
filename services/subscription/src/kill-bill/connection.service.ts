import {
  assertFetchable,
  Cipher,
  NotFoundError,
  Secret,
  VersionMismatchError,
  type Clock,
  type Database,
  type Transaction,
} from '@plinth/common';
import * as store from './connection.store.ts';
import {
  KillBillNotConnectedError,
  KillBillSecretMissingError,
  KillBillSecretsNeededError,
} from './kill-bill.errors.ts';
import type { KillBillConnection } from './kill-bill.ts';
import { forgetMirror } from './mirror.store.ts';
import { KillBillClient } from './kill-bill-client.ts';

export interface ConnectionServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Encrypts password and API secret; without it none can be kept. */
  readonly secret: Secret | undefined;
  /** Whether it may be a host that is not on the public internet, or plain HTTP. */
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
}

export interface ConnectionSettings {
  readonly baseUrl: string;
  readonly user: string;
  /** Absent: as it is. */
  readonly password?: string | undefined;
  readonly apiKey: string;
  readonly apiSecret?: string | undefined;
  readonly enabled: boolean;
}

/** A connection that is switched on, and the client that speaks through it. */
export interface OpenConnection {
  readonly client: KillBillClient;
  readonly connection: store.StoredConnection;
}

/** Keeps where each tenant's Kill Bill is. Its secrets are encrypted and leave to Kill Bill alone. */
export class ConnectionService {
  readonly #options: ConnectionServiceOptions;
  readonly #cipher: Cipher | undefined;

  constructor(options: ConnectionServiceOptions) {
    this.#options = options;
    this.#cipher = options.secret === undefined ? undefined : new Cipher(options.secret, 'kill-bill');
  }

  /** Throws `NotFoundError` where none is connected. */
  async get(tenantId: string): Promise<KillBillConnection> {
    const stored = await this.#options.database.transaction(tenantId, store.findConnection);
    if (stored === undefined) throw new NotFoundError('Kill Bill connection', tenantId);
    return withoutSecrets(stored);
  }

  /**
   * Connects, or changes the connection; secrets that are not given stay. For a new base URL both are needed, so that
   * nobody has kept ones sent to a host of their own. Another API key is another tenant of Kill Bill, to which all is
   * mirrored anew. Throws `KillBillSecretsNeededError`.
   */
  async save(tenantId: string, settings: ConnectionSettings, ifMatch: number | undefined): Promise<KillBillConnection> {
    const { database, clock, allowPrivate } = this.#options;
    assertFetchable(settings.baseUrl, allowPrivate);
    const cipher = this.#needCipher();
    return database.transaction(tenantId, async (transaction) => {
      const before = await store.findConnectionForUpdate(transaction);
      if (before !== undefined && ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const isSamePlace = before !== undefined && withoutSlash(before.baseUrl) === withoutSlash(settings.baseUrl);
      const keep = (given: string | undefined, kept: Buffer | undefined): Buffer => {
        if (given !== undefined) return cipher.encrypt(given, tenantId);
        if (kept === undefined || !isSamePlace) throw new KillBillSecretsNeededError();
        return kept;
      };
      const now = clock.now();
      const after: store.StoredConnection = {
        baseUrl: settings.baseUrl,
        user: settings.user,
        password: keep(settings.password, before?.password),
        apiKey: settings.apiKey,
        apiSecret: keep(settings.apiSecret, before?.apiSecret),
        enabled: settings.enabled,
        version: (before?.version ?? 0) + 1,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
        catalogueDigest: before?.catalogueDigest ?? null,
        catalogueUploads: before?.catalogueUploads ?? 0,
        mirroredAt: before?.mirroredAt ?? null,
        lastError: before?.lastError ?? null,
      };
      await store.saveConnection(transaction, after);
      auditChange(transaction, before, after);
      if (before === undefined || before.apiKey === after.apiKey) return withoutSecrets(after);
      await forgetMirror(transaction);
      return withoutSecrets({ ...after, catalogueUploads: 0, mirroredAt: null, lastError: null });
    });
  }

  /** Throws `KillBillNotConnectedError` where it is not there or switched off. */
  async open(tenantId: string): Promise<OpenConnection> {
    const connection = await this.#options.database.transaction(tenantId, store.findConnection);
    if (connection === undefined || !connection.enabled) throw new KillBillNotConnectedError();
    const cipher = this.#needCipher();
    const { allowPrivate, timeoutMs } = this.#options;
    const reveal = (value: Buffer): Secret => new Secret(cipher.decrypt(value, tenantId));
    const { baseUrl, user, apiKey } = connection;
    const secrets = { password: reveal(connection.password), apiSecret: reveal(connection.apiSecret) };
    return { connection, client: new KillBillClient({ baseUrl, user, apiKey, ...secrets, allowPrivate, timeoutMs }) };
  }

  #needCipher(): Cipher {
    if (this.#cipher === undefined) throw new KillBillSecretMissingError();
    return this.#cipher;
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function withoutSecrets({
  password: _password,
  apiSecret: _secret,
  catalogueDigest: _digest,
  ...connection
}: store.StoredConnection): KillBillConnection {
  return connection;
}

function auditChange(
  transaction: Transaction,
  before: store.StoredConnection | undefined,
  after: store.StoredConnection,
): void {
  const settingsOf = ({ baseUrl, user, apiKey, enabled }: KillBillConnection) => ({ baseUrl, user, apiKey, enabled });
  const secretsChanged = before?.password !== after.password || before.apiSecret !== after.apiSecret;
  transaction.audit({
    action: before === undefined ? 'kill_bill.connected' : 'kill_bill.connection_changed',
    resourceType: 'kill_bill_connection',
    resourceId: transaction.tenantId ?? '',
    ...(before === undefined ? {} : { before: settingsOf(before) }),
    after: { ...settingsOf(after), secretsChanged },
  });
}
