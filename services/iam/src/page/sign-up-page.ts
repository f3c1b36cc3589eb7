import { renderButton, renderField, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { emailRule, nameRule, newPasswordRule, readForm, submit } from './form-fault.ts';
import { html, type Html } from './html.ts';
import { proceed, type PageServices } from './page-services.ts';
import { goTo, readReturnTo, withReturnTo } from './return-to.ts';
import type { Page, PageRoute, Visit } from './visit.ts';

/** `/sign-up`: makes an account, where anybody may. */
export function signUpPage({ core, signIn, states }: PageServices): PageRoute {
  const { selfRegistration } = core.config;
  const show = (visit: Visit, state: FormState): Page =>
    selfRegistration ? renderSignUp(visit, state) : renderClosed(visit);
  return {
    path: '/sign-up',
    get: async (visit) => (visit.caller === undefined ? show(visit, untouched) : goTo(readReturnTo(visit))),
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        async () => {
          if (!selfRegistration) return renderClosed(visit);
          const { email, name, password } = readForm(visit, {
            name: nameRule,
            email: emailRule,
            password: newPasswordRule,
          });
          const returnTo = readReturnTo(visit);
          const input = { email, name, password, locale: visit.locale };
          const progress = await signIn.authentication.signUp(input, visit.browser);
          visit.browser.setCookie(states.render({ email, returnTo: returnTo ?? null }));
          return proceed(visit, progress, returnTo);
        },
      ),
  };
}

/** The fields of somebody who is new: name and password, and the address unless it is known. */
export function renderNewcomerFields(visit: Visit, state: FormState, knownEmail?: string): Html[] {
  const { texts, form } = visit;
  const email = { name: 'email', label: texts.common.email, type: 'email', autocomplete: 'username' } as const;
  const newPassword = { name: 'password', label: texts.common.password, type: 'password' } as const;
  return [
    renderField(
      { name: 'name', label: texts.common.name, autocomplete: 'name', value: form.get('name') ?? undefined },
      state,
      visit,
    ),
    knownEmail === undefined
      ? renderField({ ...email, value: form.get('email') ?? undefined }, state, visit)
      : // Unseen, for password managers.
        html`<input type="text" name="username" autocomplete="username" value="${knownEmail}" hidden />`,
    renderField({ ...newPassword, autocomplete: 'new-password', hint: texts.common.newPasswordHint }, state, visit),
  ];
}

function renderSignUp(visit: Visit, state: FormState): Page {
  const { texts } = visit;
  const returnTo = readReturnTo(visit);
  const content = [
    ...renderNewcomerFields(visit, state),
    html`<div class="full">${renderButton(texts.signUp.submit)}</div>`,
  ];
  return {
    title: titleOf(texts.signUp.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.signUp.title}</h1>
      ${renderSummary(state, visit)}
      ${renderForm({ action: '/sign-up', content, hidden: { return_to: returnTo } }, visit)}
      <p class="below">
        ${texts.signUp.haveAccount} <a href="${withReturnTo('/sign-in', returnTo)}">${texts.common.signIn}</a>
      </p>
    </div>`,
  };
}

function renderClosed({ texts }: Visit): Page {
  return {
    title: texts.signUp.closedTitle,
    status: 403,
    body: html`<div class="card">
      <h1>${texts.signUp.closedTitle}</h1>
      <p>${texts.signUp.closed}</p>
      <p><a class="button" href="/sign-in">${texts.error.toSignIn}</a></p>
    </div>`,
  };
}
