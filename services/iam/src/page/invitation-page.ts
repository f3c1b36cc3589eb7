import { DomainError } from '@plinth/common';
import type { Invitation } from '../invitation/invitation.ts';
import { renderButton, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { nameRule, newPasswordRule, readForm, submit, type FaultPlaces } from './form-fault.ts';
import { html, type Html } from './html.ts';
import type { PageServices } from './page-services.ts';
import { withReturnTo } from './return-to.ts';
import { renderNewcomerFields } from './sign-up-page.ts';
import { fillIn } from './texts.ts';
import { formatTime } from './time-text.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

type Invited = Invitation & { readonly hasAccount: boolean };
const path = '/sign-in/invitation';
const longestToken = 200;
const places: FaultPlaces = {
  'invitation.of_another': [undefined, 'invitationOfAnother'],
  'tenant.limit_reached': [undefined, 'organizationFull'],
};

/** `/sign-in/invitation`: takes an invitation; somebody without an account makes one here. */
export function invitationPage({ acceptance }: PageServices): PageRoute {
  const show = async (visit: Visit, state: FormState): Promise<Answer> => {
    try {
      return renderInvitation(visit, state, await acceptance.lookUp(tokenOf(visit)));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'invitation.not_valid') return renderGone(visit);
      throw error;
    }
  };
  return {
    path,
    get: (visit) => show(visit, untouched),
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        async () => {
          const token = tokenOf(visit);
          if (visit.form.get('step') === 'accept') await acceptance.accept(token, visit.browser);
          else {
            const { name, password } = readForm(visit, { name: nameRule, password: newPasswordRule });
            const { cookie } = await acceptance.signUp({ token, name, password }, visit.browser);
            if (cookie !== undefined) visit.browser.setCookie(cookie);
          }
          return { location: '/security?notice=invitation_accepted' };
        },
        places,
      ).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'invitation.not_valid') return renderGone(visit);
        throw error;
      }),
  };
}

function tokenOf({ form, query }: Visit): string {
  return (form.get('token') ?? query.get('token') ?? '').slice(0, longestToken);
}

function renderInvitation(visit: Visit, state: FormState, invited: Invited): Page {
  const { texts, locale } = visit;
  const organization = invited.organizationName ?? visit.productName;
  const title = fillIn(texts.invitation.title, { organization });
  return {
    title: titleOf(title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${title}</h1>
      ${renderSummary(state, visit)}
      <p>${fillIn(texts.invitation.lead, { organization, email: invited.email })}</p>
      ${renderWay(visit, state, invited)}
      <p class="quiet small">
        ${fillIn(texts.invitation.until, { time: formatTime(invited.expiresAt, locale, texts) })}
      </p>
    </div>`,
  };
}

/** What there is to do: accept, sign in as the one who is invited, or make an account. */
function renderWay(visit: Visit, state: FormState, { email, hasAccount }: Invited): Html {
  const { texts, session } = visit;
  const own = texts.invitation;
  const token = tokenOf(visit);
  const here = `${path}?token=${encodeURIComponent(token)}`;
  if (session !== undefined && !session.pending) {
    const other = withReturnTo('/sign-in', here, { reauthenticate: 'true' });
    const content = html`<div class="full">${renderButton(own.accept)}</div>`;
    return html`<p>${fillIn(own.signedInAs, { email: session.email })}</p>
      ${session.email === email && renderForm({ action: path, content, hidden: { step: 'accept', token } }, visit)}
      <p><a ${session.email !== email && html`class="button main full" `}href="${other}">${own.other}</a></p>`;
  }
  if (hasAccount)
    return html`<p>${fillIn(own.signInFirst, { email })}</p>
      <p><a class="button main full" href="${withReturnTo('/sign-in', here)}">${texts.common.signIn}</a></p>`;
  const content = [
    ...renderNewcomerFields(visit, state, email),
    html`<div class="full">${renderButton(own.signUp)}</div>`,
  ];
  return html`<p>${fillIn(own.newcomer, { email })}</p>
    ${renderForm({ action: path, content, hidden: { step: 'sign_up', token } }, visit)}`;
}

function renderGone({ texts }: Visit): Page {
  return {
    title: texts.error.goneTitle,
    status: 410,
    body: html`<div class="card">
      <h1>${texts.error.goneTitle}</h1>
      <p>${texts.invitation.gone}</p>
      <p><a class="button" href="/sign-in">${texts.error.toSignIn}</a></p>
    </div>`,
  };
}
