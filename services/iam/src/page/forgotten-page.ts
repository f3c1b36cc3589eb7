import { renderButton, renderField, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { emailRule, newPasswordRule, readForm, submit } from './form-fault.ts';
import { html } from './html.ts';
import type { PageServices } from './page-services.ts';
import type { Page, PageRoute, Visit } from './visit.ts';

const longestToken = 100;

/** `/sign-in/forgotten`: sends a link to set a new password. The answer is the same for every address. */
export function forgottenPage({ signIn }: PageServices): PageRoute {
  return {
    path: '/sign-in/forgotten',
    get: async (visit) => (visit.query.has('sent') ? renderSent(visit) : renderForgotten(visit, untouched)),
    post: (visit) =>
      submit(
        visit,
        (state) => renderForgotten(visit, state),
        async () => {
          const { email } = readForm(visit, { email: emailRule });
          signIn.passwordReset.request(email, visit.locale);
          return { location: '/sign-in/forgotten?sent=true' };
        },
      ),
  };
}

/** `/sign-in/reset`: sets a new password by the link of a mail. */
export function resetPage({ signIn }: PageServices): PageRoute {
  return {
    path: '/sign-in/reset',
    get: async (visit) => renderReset(visit, untouched, visit.query.get('token') ?? ''),
    post: (visit) => {
      const token = (visit.form.get('token') ?? '').slice(0, longestToken);
      return submit(
        visit,
        (state) => renderReset(visit, state, token),
        async () => {
          const { password } = readForm(visit, { password: newPasswordRule });
          await signIn.passwordReset.confirm({ token, password });
          return { location: '/sign-in?notice=password_reset' };
        },
      );
    },
  };
}

function renderForgotten(visit: Visit, state: FormState): Page {
  const { texts, form } = visit;
  const email = { name: 'email', label: texts.common.email, type: 'email', autocomplete: 'username' } as const;
  const content = [
    renderField({ ...email, value: form.get('email') ?? undefined }, state, visit),
    html`<div class="full">${renderButton(texts.forgotten.submit)}</div>`,
  ];
  return {
    title: titleOf(texts.forgotten.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.forgotten.title}</h1>
      ${renderSummary(state, visit)}
      <p>${texts.forgotten.lead}</p>
      ${renderForm({ action: '/sign-in/forgotten', content }, visit)}
      <p class="below"><a href="/sign-in">${texts.common.back}</a></p>
    </div>`,
  };
}

function renderSent({ texts }: Visit): Page {
  return {
    title: texts.forgotten.sentTitle,
    body: html`<div class="card">
      <h1>${texts.forgotten.sentTitle}</h1>
      <p>${texts.forgotten.sent}</p>
      <p class="quiet">${texts.forgotten.again}</p>
      <div class="row">
        <a class="button" href="/sign-in/forgotten">${texts.forgotten.submit}</a>
        <a class="button" href="/sign-in">${texts.error.toSignIn}</a>
      </div>
    </div>`,
  };
}

function renderReset(visit: Visit, state: FormState, token: string): Page {
  const { texts } = visit;
  const password = { name: 'password', label: texts.common.newPassword, type: 'password' } as const;
  const content = [
    renderField({ ...password, autocomplete: 'new-password', hint: texts.common.newPasswordHint }, state, visit),
    html`<div class="full">${renderButton(texts.reset.submit)}</div>`,
  ];
  return {
    title: titleOf(texts.reset.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.reset.title}</h1>
      ${renderSummary(state, visit)}
      ${
        token === ''
          ? html`<p>${texts.reset.noLink}</p>`
          : html`<p>${texts.reset.lead}</p>
              ${renderForm({ action: '/sign-in/reset', content, hidden: { token } }, visit)}`
      }
      <p class="below"><a href="/sign-in/forgotten">${texts.forgotten.submit}</a></p>
    </div>`,
  };
}
