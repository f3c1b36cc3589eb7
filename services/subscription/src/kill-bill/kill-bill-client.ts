import { guardedFetch, OutboundRequestFailedError, type Secret } from '@plinth/common';
import { KillBillRefusedError, KillBillUnavailableError } from './kill-bill.errors.ts';

export interface KillBillClientOptions {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: Secret;
  readonly apiKey: string;
  readonly apiSecret: Secret;
  /** Whether it may be a host that is not on the public internet, or plain HTTP. */
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
}

/** An account to be made: those of ours that differ in currency, zone or billing day have one each. */
export interface NewKillBillAccount {
  readonly externalKey: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly billCycleDayLocal: number;
  /** Decides at what time of the day, in the zone, whatever happens on a date takes effect. */
  readonly referenceTime: string;
}

export interface NewKillBillSubscription {
  readonly accountId: string;
  readonly externalKey: string;
  readonly planName: string;
  readonly phaseType: string;
  /** A calendar date in the account's zone. */
  readonly startsOn: string;
}

export interface KillBillUsageRecord {
  readonly subscriptionId: string;
  /** Given twice for a subscription, the second record is not counted. */
  readonly trackingId: string;
  readonly unit: string;
  readonly date: string;
  /** A whole number: version 0.22 takes no other. */
  readonly quantity: string;
}

export interface KillBillInvoiceItem {
  readonly invoiceItemId: string;
  readonly invoiceId: string;
  readonly subscriptionId: string | null;
  readonly linkedInvoiceItemId: string | null;
  readonly itemType: string;
  readonly planName: string | null;
  readonly usageName: string | null;
  readonly startDate: string;
  readonly endDate: string | null;
  /** Major units; a JSON number, which holds every amount of up to fifteen digits exactly. */
  readonly amount: number;
  readonly currency: string;
}

export interface KillBillInvoice {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly currency: string;
  readonly status: string;
  readonly amount: number;
  readonly items: readonly KillBillInvoiceItem[] | null;
}

/** Kill Bill's ErrorCode USAGE_RECORD_TRACKING_ID_ALREADY_EXISTS. */
const trackingIdExists = 50_000;
const longestAnswer = 64 * 1024 * 1024;

/** The HTTP API of Kill Bill 0.22 and later, below /1.0/kb (killbill.github.io/slate). It never repeats a request. */
export class KillBillClient {
  readonly #options: KillBillClientOptions;

  constructor(options: KillBillClientOptions) {
    this.#options = options;
  }

  /** Adds a version of the catalogue. */
  async uploadCatalogue(xml: string): Promise<void> {
    await this.#request('POST', '/catalog/xml', { text: xml });
  }

  /** The id of the account with the key, which is made unless it is there. */
  async ensureAccount(account: NewKillBillAccount): Promise<string> {
    const found = await this.#find<{ accountId: string }>('/accounts', account.externalKey);
    if (found !== undefined) return found.accountId;
    return idOf(await this.#request('POST', '/accounts', { json: account }));
  }

  /** The id of the subscription with the key, which is made unless it is there. */
  async ensureSubscription({ startsOn, ...subscription }: NewKillBillSubscription): Promise<string> {
    const { externalKey } = subscription;
    const found = await this.#find<{ subscriptionId: string }>('/subscriptions', externalKey);
    if (found !== undefined) return found.subscriptionId;
    const query = { entitlementDate: startsOn, billingDate: startsOn };
    const json = { ...subscription, bundleExternalKey: externalKey };
    return idOf(await this.#request('POST', '/subscriptions', { json, query }));
  }

  /** The plan, and whether it has been canceled. */
  async getSubscription(id: string): Promise<{ planName: string; cancelledDate: string | null }> {
    return this.#get(`/subscriptions/${id}`, {});
  }

  /** Another plan from a date on. */
  async changePlan(id: string, planName: string, on: string): Promise<void> {
    await this.#request('PUT', `/subscriptions/${id}`, { json: { planName }, query: { requestedDate: on } });
  }

  /** Ends the subscription: the date is the first one that is no longer billed. */
  async cancel(id: string, on: string): Promise<void> {
    const query = { requestedDate: on, useRequestedDateForBilling: 'true' };
    await this.#request('DELETE', `/subscriptions/${id}`, { query });
  }

  /** Counts usage, once for each tracking id. */
  async recordUsage({ subscriptionId, trackingId, unit, date, quantity }: KillBillUsageRecord): Promise<void> {
    const usageRecords = [{ recordDate: date, amount: Number(quantity) }];
    const json = { subscriptionId, trackingId, unitUsageRecords: [{ unitType: unit, usageRecords }] };
    try {
      await this.#request('POST', '/usages', { json });
    } catch (error) {
      if (!(error instanceof KillBillRefusedError && error.reasonCode === trackingIdExists)) throw error;
    }
  }

  /** The account's invoices; version 0.22 leaves out the items. */
  async listInvoices(accountId: string): Promise<KillBillInvoice[]> {
    return this.#get(`/accounts/${accountId}/invoices`, { includeInvoiceComponents: 'true' });
  }

  async getInvoice(id: string): Promise<KillBillInvoice> {
    return this.#get(`/invoices/${id}`, {});
  }

  async #find<Answer>(path: string, externalKey: string): Promise<Answer | undefined> {
    try {
      return await this.#get<Answer>(path, { externalKey });
    } catch (error) {
      if (error instanceof KillBillRefusedError && error.status === 404) return undefined;
      throw error;
    }
  }

  async #get<Answer>(path: string, query: Readonly<Record<string, string>>): Promise<Answer> {
    return (await (await this.#request('GET', path, { query })).json()) as Answer;
  }

  async #request(method: string, path: string, { json, text, query = {} }: RequestContent): Promise<Response> {
    const { baseUrl, user, password, apiKey, apiSecret, allowPrivate, timeoutMs } = this.#options;
    const search = new URLSearchParams(query).toString();
    const url = `${baseUrl.replace(/\/+$/, '')}/1.0/kb${path}${search === '' ? '' : `?${search}`}`;
    const headers = {
      authorization: `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`,
      'x-killbill-apikey': apiKey,
      'x-killbill-apisecret': apiSecret.reveal(),
      'x-killbill-createdby': 'plinth',
      accept: 'application/json',
      'content-type': text === undefined ? 'application/json' : 'text/xml',
    };
    const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
    try {
      const response = await guardedFetch(
        url,
        { method, headers, ...(body === undefined ? {} : { body }) },
        { allowPrivate, timeoutMs, longestBody: longestAnswer },
      );
      if (response.ok) return response;
      throw await toError(`${method} ${path}`, response);
    } catch (error) {
      if (error instanceof OutboundRequestFailedError) throw new KillBillUnavailableError(error.message, error);
      throw error;
    }
  }
}

interface RequestContent {
  readonly json?: unknown;
  readonly text?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** What was made is named by the header Location, its id last. */
function idOf(response: Response): string {
  const location = response.headers.get('location') ?? '';
  return location.slice(location.lastIndexOf('/') + 1);
}

async function toError(request: string, response: Response): Promise<KillBillRefusedError | KillBillUnavailableError> {
  const text = await response.text();
  const { code, message = text.slice(0, 500) } = parseProblem(text);
  if (response.status >= 500 && code === undefined)
    return new KillBillUnavailableError(`${request} was answered with status ${response.status}`, undefined);
  return new KillBillRefusedError(request, { status: response.status, code, message });
}

function parseProblem(text: string): { readonly code?: number; readonly message?: string } {
  try {
    return JSON.parse(text) as { code?: number; message?: string };
  } catch {
    return {};
  }
}
