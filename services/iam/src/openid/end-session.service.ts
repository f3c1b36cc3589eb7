import { InvalidInputError } from '@plinth/common';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import type { ClientService } from '../client/client.service.ts';
import type { Client } from '../client/client.ts';
import { issuerPath, type IamCore } from '../core.ts';
import type { LiveSession } from '../session/session.store.ts';
import { endpoints, pages } from './endpoints.ts';

/** A request of an application to sign its user out (OpenID Connect RP-Initiated Logout 1.0). */
export interface LogoutRequest {
  readonly idTokenHint: string | undefined;
  readonly clientId: string | undefined;
  readonly returnTo: string | undefined;
  readonly state: string | undefined;
}

/** Where the browser goes, and the header that takes its session if that has ended. */
export interface LogoutAnswer {
  readonly location: string;
  readonly cookie: string | undefined;
}

interface Hint {
  readonly subject: string;
  readonly session: string | undefined;
  readonly clientId: string;
}

/** Signs users out when an application asks for it: at once when it shows whose id token it has, else the user is asked. */
export class EndSessionService {
  readonly #core: IamCore;
  readonly #clients: ClientService;

  constructor(core: IamCore, clients: ClientService) {
    this.#core = core;
    this.#clients = clients;
  }

  async end(request: LogoutRequest, cookies: string | undefined): Promise<LogoutAnswer> {
    const { sessions, database } = this.#core;
    const hint = request.idTokenHint === undefined ? undefined : await this.#readHint(request.idTokenHint);
    const client = await this.#findClient(request, hint);
    const location = chooseTarget(request, client);
    const session = await sessions.find(cookies);
    if (session === undefined) return { location, cookie: undefined };
    // Any page can send a browser here; only whoever has the id token knows that its user wants to go.
    if (!belongsTo(hint, session)) return { location: pages.signOut(renderRequest(request)), cookie: undefined };
    await database.transaction(undefined, (transaction) =>
      sessions.end(transaction, { userId: session.userId, id: session.id }),
    );
    return { location, cookie: sessions.renderRemoval() };
  }

  /** What an id token of ours says, however old it is. Undefined when it is not ours. */
  async #readHint(token: string): Promise<Hint | undefined> {
    const { keys, issuer } = this.#core;
    try {
      const jwks = createLocalJWKSet({ keys: await keys.listPublic() } as unknown as JSONWebKeySet);
      // Expired id tokens count here (section 2): it is looked at as of the moment of its issue.
      const currentDate = new Date((decodeJwt(token).iat ?? 0) * 1000);
      const { payload, protectedHeader } = await jwtVerify(token, jwks, { issuer, algorithms: ['RS256'], currentDate });
      const isIdToken = protectedHeader.typ === undefined || protectedHeader.typ === 'JWT';
      if (!isIdToken || typeof payload.sub !== 'string' || typeof payload.aud !== 'string') return undefined;
      return { subject: payload.sub, session: payload['sid'] as string | undefined, clientId: payload.aud };
    } catch {
      return undefined;
    }
  }

  async #findClient(request: LogoutRequest, hint: Hint | undefined): Promise<Client | undefined> {
    if (request.clientId !== undefined && hint !== undefined && request.clientId !== hint.clientId)
      throw new InvalidInputError([{ path: '/query/client_id', message: 'is not the client of the id_token_hint' }]);
    const id = request.clientId ?? hint?.clientId;
    return id === undefined ? undefined : (await this.#clients.findClient(id))?.client;
  }
}

/** Only a registered address is gone to; it is compared letter by letter. */
function chooseTarget({ returnTo, state }: LogoutRequest, client: Client | undefined): string {
  if (returnTo === undefined) return '/sign-in';
  if (client === undefined || !client.postLogoutRedirectUris.includes(returnTo))
    throw new InvalidInputError([
      { path: '/query/post_logout_redirect_uri', message: 'is not one that the client registered' },
    ]);
  if (state === undefined) return returnTo;
  const target = new URL(returnTo);
  target.searchParams.set('state', state);
  return target.href;
}

function belongsTo(hint: Hint | undefined, session: LiveSession): boolean {
  if (hint?.subject !== session.userId) return false;
  return hint.session === undefined || hint.session === session.id;
}

function renderRequest({ clientId, idTokenHint, returnTo, state }: LogoutRequest): string {
  const parameters = Object.entries({
    client_id: clientId,
    id_token_hint: idTokenHint,
    post_logout_redirect_uri: returnTo,
    state,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${issuerPath}${endpoints.end_session}?${new URLSearchParams(parameters).toString()}`;
}
