import { ImpersonationRefusedError, UnauthenticatedError, type Transaction } from '@plinth/common';
import type { Provider } from 'oidc-provider';
import type { IamCore } from '../core.ts';
import type { LiveSession } from '../session/session.store.ts';
import { levelOf } from './assurance.ts';
import { createGrant } from './grant-loader.ts';
import { DeviceCodeUnknownError } from './interaction.errors.ts';
import type { Participant } from './interaction.service.ts';
import type { ProviderService } from './provider.service.ts';
import { toSeconds } from './read-only-adapter.ts';

type DeviceCode = InstanceType<Provider['DeviceCode']>;

/** A device that waits for its user (RFC 8628). */
export interface WaitingDevice {
  readonly client: { readonly id: string; readonly name: string; readonly logoUri: string | null };
  readonly scopes: readonly string[];
  /** Where the device is: the user compares. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** Lets a signed-in user admit a device that shows a code. */
export class DeviceService {
  readonly #core: IamCore;
  readonly #providers: ProviderService;

  constructor(core: IamCore, providers: ProviderService) {
    this.#core = core;
    this.#providers = providers;
  }

  /** The device that shows this code. Guessing slows down. */
  async find(userCode: string, participant: Participant): Promise<WaitingDevice> {
    const { code } = await this.#find(userCode, participant);
    const provider = await this.#providers.get();
    const client = await provider.Client.find(code.clientId!);
    if (client === undefined) throw new DeviceCodeUnknownError();
    const { ip, userAgent } = placeOf(code);
    return {
      client: { id: client.clientId, name: client.clientName ?? client.clientId, logoUri: client.logoUri ?? null },
      scopes: scopesOf(code),
      ip,
      userAgent,
    };
  }

  /** Admits the device. It gets a session of its own, which its user can end like every other one. */
  async approve(userCode: string, participant: Participant): Promise<void> {
    const { code, session } = await this.#find(userCode, participant);
    if (session.actorId !== null) throw new ImpersonationRefusedError();
    const provider = await this.#providers.get();
    const library = await this.#providers.load();
    const sessionId = await this.#startSession(session, code);
    const scopes = scopesOf(code);
    const grant = await createGrant(this.#core, library, provider, {
      userId: session.userId,
      clientId: code.clientId!,
      sessionId,
      tenantId: code.params?.['tenant_id'] as string | undefined,
      scopes,
    });
    Object.assign(code, {
      accountId: session.userId,
      amr: [...session.methods],
      acr: levelOf(session.strong),
      authTime: toSeconds(session.createdAt),
      grantId: grant.jti,
      scope: scopes.join(' '),
      sessionUid: sessionId,
      sid: sessionId,
    });
    await code.save();
  }

  /** Turns the device away. */
  async refuse(userCode: string, participant: Participant): Promise<void> {
    const { code } = await this.#find(userCode, participant);
    Object.assign(code, { error: 'access_denied', errorDescription: 'The user refused.' });
    await code.save();
  }

  async #find(
    userCode: string,
    { cookies, headers }: Participant,
  ): Promise<{ readonly code: DeviceCode; readonly session: LiveSession }> {
    const { origins, sessions, throttle } = this.#core;
    origins.assert(headers);
    const session = await sessions.find(cookies);
    if (session === undefined || session.pending) throw new UnauthenticatedError('A device is admitted by its user.');
    const normalized = userCode.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
    const code = await throttle.attempt(
      { kind: 'code', value: `device ${session.userId}` },
      (error) => error instanceof DeviceCodeUnknownError,
      async () => {
        const provider = await this.#providers.get();
        const found = await provider.DeviceCode.findByUserCode(normalized);
        if (found === undefined || found.accountId !== undefined || found.error !== undefined)
          throw new DeviceCodeUnknownError();
        return found;
      },
    );
    return { code, session };
  }

  #startSession(session: LiveSession, code: DeviceCode): Promise<string> {
    const { database, sessions } = this.#core;
    const { ip, userAgent } = placeOf(code);
    return database.transaction(undefined, async (transaction: Transaction) => {
      const { id } = await sessions.start(transaction, {
        userId: session.userId,
        methods: session.methods,
        strong: session.strong,
        pending: false,
        ip: ip ?? undefined,
        userAgent: userAgent ?? undefined,
      });
      const actor = { kind: 'user', id: session.userId } as const;
      transaction.audit({ action: 'device.approved', resourceType: 'client', resourceId: code.clientId!, actor });
      return id;
    });
  }
}

function scopesOf(code: DeviceCode): string[] {
  return String(code.params?.['scope'] ?? '')
    .split(' ')
    .filter((scope) => scope !== '');
}

function placeOf(code: DeviceCode): { readonly ip: string | null; readonly userAgent: string | null } {
  const { ip, ua } = (code.deviceInfo ?? {}) as { ip?: string; ua?: string };
  return { ip: ip ?? null, userAgent: ua?.slice(0, 500) ?? null };
}
