import { renderButton, renderForm } from './form.ts';
import { html } from './html.ts';
import type { PageServices } from './page-services.ts';
import { goTo, readReturnTo } from './return-to.ts';
import { fillIn } from './texts.ts';
import type { PageRoute, Visit } from './visit.ts';

const signedOut = '/sign-in?notice=signed_out';

/** `/sign-out`: asks, because any site can send a browser here, and ends the session of this browser. */
export function signOutPage({ signIn }: PageServices): PageRoute {
  const goOn = (visit: Visit) => {
    const returnTo = readReturnTo(visit);
    return returnTo === undefined ? { location: signedOut } : goTo(returnTo);
  };
  return {
    path: '/sign-out',
    get: async (visit) => {
      const { texts, session } = visit;
      if (session === undefined) return goOn(visit);
      const returnTo = readReturnTo(visit);
      const content = html`<div class="row">
        ${renderButton(texts.common.signOut)}<a class="button" href="/security">${texts.signOut.stay}</a>
      </div>`;
      return {
        title: texts.signOut.title,
        body: html`<div class="card">
          <h1>${texts.signOut.title}</h1>
          <p>${fillIn(texts.signOut.lead, { email: session.email })}</p>
          ${renderForm({ action: '/sign-out', content, hidden: { return_to: returnTo } }, visit)}
        </div>`,
      };
    },
    post: async (visit) => {
      visit.browser.setCookie(await signIn.authentication.signOut(visit.browser));
      return goOn(visit);
    },
  };
}
