import { ImpersonationRefusedError } from '@plinth/common';
import type { Provider } from 'oidc-provider';
import type { IamCore } from '../core.ts';
import { findCookie } from '../session/session-cookie.ts';
import type { LiveSession } from '../session/session.store.ts';
import { levelOf } from './assurance.ts';
import { cookieNames, interactionPath, pages } from './endpoints.ts';
import { addConsent } from './consent.store.ts';
import { InteractionUnknownError } from './interaction.errors.ts';
import type { ProviderService } from './provider.service.ts';
import { toSeconds } from './read-only-adapter.ts';

type Interaction = InstanceType<Provider['Interaction']>;
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The browser that takes part in a sign-in. */
export interface Participant {
  /** Cookie header. */
  readonly cookies: string | undefined;
  readonly headers: Headers;
}

/** What a user is asked to agree to. */
export interface ConsentRequest {
  readonly client: {
    readonly id: string;
    readonly name: string;
    readonly logoUri: string | null;
    readonly homeUri: string | null;
  };
  readonly scopes: readonly string[];
  readonly user: { readonly name: string; readonly email: string };
  /** Origin that the browser comes to in the end: for `form-action` of the page that asks. */
  readonly redirectOrigin: string | null;
}

/** What the browser has to do in the middle of an authorization: sign in, agree. */
export class InteractionService {
  readonly #core: IamCore;
  readonly #providers: ProviderService;

  constructor(core: IamCore, providers: ProviderService) {
    this.#core = core;
    this.#providers = providers;
  }

  /** Where the browser that began an authorization goes next. Throws for every other browser. */
  async proceed(uid: string, cookies: string | undefined): Promise<string> {
    const { sessions, config } = this.#core;
    if (findCookie(cookies, cookieNames(config.cookieSecure).interaction) !== uid) throw new InteractionUnknownError();
    const interaction = await this.#get(uid);
    if (interaction.prompt.name === 'consent') return pages.consent(uid);
    const session = await sessions.find(cookies);
    // The application asked for a sign-in: the one that was there before does not count.
    if (session === undefined || session.pending || session.id === interaction.session?.uid)
      return pages.signIn(interactionPath(uid), interaction.session !== undefined);
    interaction.result = {
      ...interaction.lastSubmission,
      login: {
        accountId: session.userId,
        ts: toSeconds(session.createdAt),
        amr: [...session.methods],
        acr: levelOf(session.strong),
      },
    };
    // The library compares with the session that was there before; this one has taken its place.
    interaction.session = undefined;
    return this.#resume(interaction);
  }

  /** What the user of this browser is asked. */
  async getConsent(uid: string, cookies: string | undefined): Promise<ConsentRequest> {
    const { interaction, session } = await this.#getOwn(uid, cookies);
    const provider = await this.#providers.get();
    const client = await provider.Client.find(String(interaction.params['client_id']));
    if (client === undefined) throw new InteractionUnknownError();
    return {
      client: {
        id: client.clientId,
        name: client.clientName ?? client.clientId,
        logoUri: client.logoUri ?? null,
        homeUri: client.clientUri ?? null,
      },
      scopes: scopesOf(interaction),
      user: { name: session.name, email: session.email },
      redirectOrigin: originOf(interaction.params['redirect_uri']),
    };
  }

  /** Records that the user agrees; returns where the browser goes next. */
  async accept(uid: string, participant: Participant): Promise<string> {
    this.#core.origins.assert(participant.headers);
    const { interaction, session } = await this.#getOwn(uid, participant.cookies);
    if (session.actorId !== null) throw new ImpersonationRefusedError();
    const clientId = String(interaction.params['client_id']);
    const scopes = scopesOf(interaction);
    await this.#core.database.transaction(undefined, async (transaction) => {
      await addConsent(transaction, { userId: session.userId, clientId, scopes, now: this.#core.clock.now() });
      const actor = { kind: 'user', id: session.userId } as const;
      transaction.audit({
        action: 'consent.granted',
        resourceType: 'client',
        resourceId: clientId,
        after: { scopes },
        actor,
      });
    });
    interaction.result = { ...interaction.lastSubmission, consent: {} };
    return this.#resume(interaction);
  }

  /** Records that the user does not agree; the application is told. */
  async refuse(uid: string, participant: Participant): Promise<string> {
    this.#core.origins.assert(participant.headers);
    const { interaction } = await this.#getOwn(uid, participant.cookies);
    interaction.result = { error: 'access_denied', error_description: 'The user refused.' };
    return this.#resume(interaction);
  }

  async #resume(interaction: Interaction): Promise<string> {
    await interaction.save(interaction.exp - toSeconds(new Date()));
    const { pathname, search } = new URL(interaction.returnTo);
    return pathname + search;
  }

  /** Only the user whose authorization it is, in the same session, may answer for it. */
  async #getOwn(
    uid: string,
    cookies: string | undefined,
  ): Promise<{ readonly interaction: Interaction; readonly session: LiveSession }> {
    const session = await this.#core.sessions.find(cookies);
    const interaction = await this.#get(uid);
    if (session === undefined || session.pending || interaction.session?.uid !== session.id)
      throw new InteractionUnknownError();
    if (interaction.prompt.name !== 'consent') throw new InteractionUnknownError();
    return { interaction, session };
  }

  async #get(uid: string): Promise<Interaction> {
    const provider = await this.#providers.get();
    const interaction = await provider.Interaction.find(uid);
    if (interaction === undefined) throw new InteractionUnknownError();
    return interaction;
  }
}

function scopesOf(interaction: Interaction): string[] {
  return String(interaction.params['scope'] ?? '')
    .split(' ')
    .filter((scope) => scope !== '');
}

function originOf(uri: unknown): string | null {
  const url = typeof uri === 'string' ? URL.parse(uri) : null;
  return url === null || url.origin === 'null' ? null : url.origin;
}
