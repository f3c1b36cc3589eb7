import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExternalIssuer } from '@plinth/contracts';
import type { Clock } from '@plinth/common';
import { z } from 'zod';
import { DirectoryUnavailableError } from './user-directory.errors.ts';

const timeoutMs = 5000;
/** Waits before a request is sent again that a server failed to answer. */
const retryDelaysMs = [200, 800];
/** A token is not used in its last seconds: it has to arrive, too. */
const tokenMarginSeconds = 30;

export type KeycloakAdministration = NonNullable<ExternalIssuer['administration']>;

export interface KeycloakRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/admin/realms/{realm}`. */
  readonly path: string;
  readonly body?: unknown;
  /** Not sent again after a failure, because it would be done twice. */
  readonly once?: boolean;
}

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number() });

/**
 * Asks Keycloak's admin API (26, https://www.keycloak.org/docs-api/latest/rest-api) as a client with a service account.
 * Answers below 500 are handed back; everything else is a `DirectoryUnavailableError`.
 */
export class KeycloakClient {
  readonly #settings: KeycloakAdministration;
  readonly #clock: Clock;
  #token: { readonly value: string; readonly until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(settings: KeycloakAdministration, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  get #base(): string {
    return this.#settings.baseUrl.replace(/\/+$/, '');
  }

  async send(request: KeycloakRequest): Promise<Response> {
    const answer = await this.#retry(request);
    if (answer.status !== 401) return this.#assertAllowed(answer);
    // Its keys or sessions were changed under the token.
    this.#token = undefined;
    return this.#assertAllowed(await this.#retry(request));
  }

  #assertAllowed(answer: Response): Response {
    if (answer.status === 401 || answer.status === 403)
      throw this.#unavailable(
        `the client ${this.#settings.clientId} may not do this; its service account needs manage-users, view-users and query-users`,
      );
    return answer;
  }

  async #retry(request: KeycloakRequest): Promise<Response> {
    for (const wait of request.once ? [] : retryDelaysMs) {
      const answer = await this.#sendOnce(request).catch(() => undefined);
      if (answer !== undefined && answer.status < 500) return answer;
      await delay(wait);
    }
    const answer = await this.#sendOnce(request);
    if (answer.status >= 500) throw this.#unavailable(`it answered ${answer.status}`);
    return answer;
  }

  async #sendOnce({ method, path, body }: KeycloakRequest): Promise<Response> {
    const token = await this.#getToken();
    return this.#fetch(`${this.#base}/admin/realms/${encodeURIComponent(this.#settings.realm)}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async #getToken(): Promise<string> {
    if (this.#token !== undefined && this.#token.until > this.#clock.now().getTime()) return this.#token.value;
    this.#asking ??= this.#askToken().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #askToken(): Promise<string> {
    const { realm, clientId, secretFile } = this.#settings;
    // Read each time, so that a secret that was rotated counts without a restart.
    const secret = await readFile(secretFile, 'utf8').catch((cause: unknown) => {
      throw this.#unavailable(`${secretFile} cannot be read`, cause);
    });
    const url = `${this.#base}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/token`;
    const answer = await this.#fetch(url, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret.trim(),
      }),
    });
    if (!answer.ok) throw this.#unavailable(`it gives the client ${clientId} no token (${answer.status})`);
    const { access_token: value, expires_in: seconds } = tokenSchema.parse(await answer.json());
    this.#token = { value, until: this.#clock.now().getTime() + (seconds - tokenMarginSeconds) * 1000 };
    return value;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw this.#unavailable('it cannot be reached', cause);
    }
  }

  #unavailable(reason: string, cause?: unknown): DirectoryUnavailableError {
    return new DirectoryUnavailableError(this.#settings.baseUrl, reason, cause);
  }
}
