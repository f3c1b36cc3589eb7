import { ImpersonationRefusedError } from '@plinth/common';
import type { ConsentRequest, Participant } from '../openid/interaction.service.ts';
import { renderForm } from './form.ts';
import { html, type Html } from './html.ts';
import { ownCaller } from './own-account.ts';
import type { PageServices } from './page-services.ts';
import { goTo } from './return-to.ts';
import { fillIn, type Texts } from './texts.ts';
import type { PageRoute, Visit } from './visit.ts';

/** `/sign-in/consent`: asks whether an application may use the account. */
export function consentPage({ interactions }: PageServices): PageRoute {
  return {
    path: '/sign-in/consent',
    get: async (visit) => {
      const uid = visit.query.get('interaction') ?? '';
      const request = await interactions.getConsent(uid, visit.browser.cookies);
      if (visit.caller?.actor !== undefined) throw new ImpersonationRefusedError();
      const title = fillIn(visit.texts.consent.title, { client: request.client.name });
      return { title, body: renderConsent(visit, request, uid, title) };
    },
    post: async (visit) => {
      const uid = visit.form.get('interaction') ?? '';
      ownCaller(visit);
      const agreed = visit.form.get('answer') === 'allow';
      const participant = participantOf(visit);
      const location = agreed
        ? await interactions.accept(uid, participant)
        : await interactions.refuse(uid, participant);
      return goTo(location);
    },
  };
}

/** The browser, as the provider looks at it. */
export function participantOf({ browser, headers }: Visit): Participant {
  return { cookies: browser.cookies, headers };
}

/** Two buttons of one form, of which each says something else. */
export function renderAnswers(allow: string, refuse: string): Html {
  return html`<div class="stack">
    <button class="button main full" name="answer" value="allow">${allow}</button>
    <button class="button full" name="answer" value="refuse">${refuse}</button>
  </div>`;
}

/** What an application wants, as its user understands it. */
export function renderScopes(scopes: readonly string[], texts: Texts): Html {
  const { consent } = texts;
  const known: Readonly<Record<string, string>> = {
    openid: consent.openid,
    profile: consent.profile,
    email: consent.email,
    offline_access: consent.offline_access,
  };
  const asks = scopes.map((scope) => known[scope] ?? fillIn(consent.permission, { permission: scope }));
  return html`<ul class="asks">
    ${(asks.length === 0 ? [consent.nothing] : asks).map((ask) => html`<li>${ask}</li>`)}
  </ul>`;
}

function renderConsent(visit: Visit, request: ConsentRequest, uid: string, title: string): Html {
  const { texts } = visit;
  const { client, scopes, user, redirectOrigin } = request;
  const content = renderAnswers(texts.consent.allow, texts.consent.refuse);
  return html`<div class="card">
    <h1>${title}</h1>
    <p>${fillIn(texts.consent.lead, { email: user.email, client: client.name })}</p>
    ${renderScopes(scopes, texts)}
    ${redirectOrigin !== null && html`<p class="quiet small">${fillIn(texts.consent.goes, { origin: redirectOrigin })}</p>`}
    ${client.homeUri !== null && /^https?:/.test(client.homeUri) && html`<p class="small"><a href="${client.homeUri}" rel="noreferrer">${fillIn(texts.consent.home, { client: client.name })}</a></p>`}
    ${renderForm({ action: '/sign-in/consent', content, hidden: { interaction: uid } }, visit)}
  </div>`;
}
