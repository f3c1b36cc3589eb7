import type { ProviderChoice } from '../federation/federation.service.ts';
import { renderButton, renderField, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { emailRule, FormFaults, readForm, submit } from './form-fault.ts';
import { html } from './html.ts';
import { renderChoices, type PageServices } from './page-services.ts';
import { goTo, readReturnTo, withReturnTo } from './return-to.ts';
import type { Page, PageRoute, Visit } from './visit.ts';

const path = '/sign-in/organization';

/**
 * `/sign-in/organization`: finds the sign-in of an organization by the domain of an address. Whether the address has
 * an account here plays no part, and so is not told.
 */
export function organizationPage({ federation }: PageServices): PageRoute {
  return {
    path,
    get: async (visit) => renderOrganization(visit, untouched),
    post: (visit) =>
      submit(
        visit,
        (state) => renderOrganization(visit, state),
        async () => {
          const { email } = readForm(visit, { email: emailRule });
          const choices = await federation.listChoicesFor(email);
          const [first, ...others] = choices;
          if (first === undefined) throw new FormFaults([{ field: 'email', text: visit.texts.organization.none }]);
          if (others.length > 0) return renderSeveral(visit, choices);
          return goTo(withReturnTo(first.startPath as `/${string}`, readReturnTo(visit)));
        },
      ),
  };
}

function renderOrganization(visit: Visit, state: FormState): Page {
  const { texts, form } = visit;
  const returnTo = readReturnTo(visit);
  const email = { name: 'email', label: texts.common.email, type: 'email', autocomplete: 'email' } as const;
  const content = [
    renderField({ ...email, value: form.get('email') ?? undefined }, state, visit),
    html`<div class="full">${renderButton(texts.common.continue)}</div>`,
  ];
  return {
    title: titleOf(texts.organization.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.organization.title}</h1>
      ${renderSummary(state, visit)}
      <p>${texts.organization.lead}</p>
      ${renderForm({ action: path, content, hidden: { return_to: returnTo } }, visit)}
      <p class="below"><a href="${withReturnTo('/sign-in', returnTo)}">${texts.common.back}</a></p>
    </div>`,
  };
}

function renderSeveral(visit: Visit, choices: readonly ProviderChoice[]): Page {
  const { texts } = visit;
  return {
    title: texts.organization.title,
    body: html`<div class="card">
      <h1>${texts.organization.title}</h1>
      <p>${texts.organization.choose}</p>
      <div class="stack">${renderChoices(choices, visit, readReturnTo(visit))}</div>
    </div>`,
  };
}
