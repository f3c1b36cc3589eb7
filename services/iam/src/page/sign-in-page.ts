import { DomainError } from '@plinth/common';
import type { ProviderChoice } from '../federation/federation.service.ts';
import {
  renderButton,
  renderField,
  renderForm,
  renderNotice,
  renderSummary,
  stateOfReturn,
  titleOf,
  type FormState,
} from './form.ts';
import { emailRule, passwordRule, readForm, submit } from './form-fault.ts';
import { html, type Html } from './html.ts';
import { proceed, renderChoices, type PageServices } from './page-services.ts';
import { goTo, readReturnTo, withReturnTo } from './return-to.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

/** `/sign-in`: with a password, and the ways to everything else that signs in. */
export function signInPage(services: PageServices): PageRoute {
  const { core, signIn, states, federation } = services;
  const show = async (visit: Visit, state: FormState): Promise<Page> => {
    const choices = await federation.listChoices();
    return renderSignIn(visit, state, { choices, selfRegistration: core.config.selfRegistration });
  };
  return {
    path: '/sign-in',
    get: async (visit) => {
      // Whoever comes back with an error is to read it, signed in or not.
      const again = visit.query.get('reauthenticate') === 'true' || visit.query.has('error');
      if (visit.session?.pending && !again)
        return { location: withReturnTo('/sign-in/second-factor', readReturnTo(visit)) };
      return visit.caller === undefined || again ? show(visit, stateOfReturn(visit)) : goTo(readReturnTo(visit));
    },
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        async () => {
          const { email, password } = readForm(visit, { email: emailRule, password: passwordRule });
          const returnTo = readReturnTo(visit);
          try {
            const input = { email, password, locale: visit.locale };
            return proceed(visit, await signIn.authentication.signIn(input, visit.browser), returnTo);
          } catch (error) {
            if (!(error instanceof DomainError) || error.code !== 'authentication.email_not_verified') throw error;
            visit.browser.setCookie(states.render({ email, returnTo: returnTo ?? null }));
            return { location: '/sign-in/verify' };
          }
        },
      ),
  };
}

/** `/sign-in/continue`: goes on from a page, because a form may not be redirected to where the way may lead. */
export function continuePage(): PageRoute {
  return {
    path: '/sign-in/continue',
    get: async (visit): Promise<Answer> => {
      const { texts } = visit;
      const returnTo = readReturnTo(visit);
      if (returnTo === undefined) return goTo(undefined);
      return {
        title: texts.goOn.title,
        refresh: returnTo,
        body: html`<div class="card">
          <h1>${texts.goOn.title}</h1>
          <p>${texts.goOn.lead}</p>
          <p><a class="button main full" href="${returnTo}">${texts.common.continue}</a></p>
        </div>`,
      };
    },
  };
}

interface Ways {
  readonly choices: readonly ProviderChoice[];
  readonly selfRegistration: boolean;
}

function renderSignIn(visit: Visit, state: FormState, { choices, selfRegistration }: Ways): Page {
  const { texts, form, query, session } = visit;
  const returnTo = readReturnTo(visit);
  const email =
    form.get('email') ?? (query.has('reauthenticate') && session?.pending === false ? session.email : undefined);
  const content = [
    renderField(
      { name: 'email', label: texts.common.email, type: 'email', autocomplete: 'username', value: email },
      state,
      visit,
    ),
    renderField(
      { name: 'password', label: texts.common.password, type: 'password', autocomplete: 'current-password' },
      state,
      visit,
    ),
    html`<div class="full">${renderButton(texts.common.signIn)}</div>
      <p class="beside"><a href="/sign-in/forgotten">${texts.signIn.forgotten}</a></p>`,
  ];
  return {
    title: titleOf(texts.signIn.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.signIn.title}</h1>
      ${renderNotice(visit)}${renderSummary(state, visit)}
      ${renderForm({ action: '/sign-in', content, hidden: { return_to: returnTo } }, visit)}
      <p class="or">${texts.common.or}</p>
      <div class="stack">
        ${renderChoices(choices, visit, returnTo)}
        <a class="button full" href="${withReturnTo('/sign-in/passkey', returnTo)}">${texts.signIn.passkey}</a>
        <a class="button full" href="${withReturnTo('/sign-in/email', returnTo)}">${texts.signIn.email}</a>
        <a class="button full" href="${withReturnTo('/sign-in/organization', returnTo)}"
          >${texts.signIn.organization}</a
        >
      </div>
      ${selfRegistration && renderSignUpLink(visit, returnTo)}
    </div>`,
  };
}

function renderSignUpLink({ texts }: Visit, returnTo: string | undefined): Html {
  return html`<p class="below">
    ${texts.signIn.noAccount} <a href="${withReturnTo('/sign-up', returnTo)}">${texts.signIn.signUp}</a>
  </p>`;
}
