import type { AccountOverview, OwnOrganization } from './account-overview.ts';
import { renderDevices, renderIdentities, renderPasskeys } from './security-items.ts';
import { renderButton, renderField, renderForm, renderNotice, renderSummary, type FormState } from './form.ts';
import { explainPath, mayExplain } from './explain-page.ts';
import { html, type Html } from './html.ts';
import { fillIn } from './texts.ts';
import { formatDate } from './time-text.ts';
import type { Visit } from './visit.ts';

/** The page of the own account. Support staff who act as its owner see it without its forms. */
export function renderAccount(account: AccountOverview, state: FormState, visit: Visit): Html {
  const { texts, session, caller } = visit;
  const own = (session?.actorId ?? null) === null;
  return html`<h1>${texts.security.title}</h1>
    ${renderNotice(visit)}${renderSummary(state, visit)}
    ${caller?.secondFactorMissing && html`<p class="notice warn">${texts.security.factorMissing}</p>`}
    ${caller?.signInMethodRefused && html`<p class="notice warn">${texts.security.methodRefused}</p>`}
    ${!own && html`<p class="quiet">${texts.security.supportNote}</p>`} ${renderPerson(account, state, visit, own)}
    ${renderOrganizations(account.organizations, visit, own)} ${own && renderPassword(account, state, visit)}
    ${own && renderAuthenticator(account, visit)} ${renderPasskeys(account, state, visit, own)}
    ${renderIdentities(account, state, visit, own)} ${renderDevices(account, state, visit, own)}
    ${caller !== undefined && mayExplain(caller) && renderExplainLink(visit)}`;
}

function renderPerson(
  { name, email, emailVerified }: AccountOverview,
  state: FormState,
  visit: Visit,
  own: boolean,
): Html {
  const { texts } = visit;
  const content = renderButton(texts.security.confirm, 'small');
  return html`<section class="card" aria-label="${texts.security.title}">
    <div class="item-row">
      <div>
        <h2>${name}</h2>
        <p>${email}${emailVerified && html` <span class="tag">${texts.security.confirmed}</span>`}</p>
      </div>
      <a class="button" href="/sign-out">${texts.common.signOut}</a>
    </div>
    ${own && renderNameForm(name, state, visit)}
    ${
      !emailVerified &&
      html`<p class="quiet">${texts.security.notConfirmed}</p>
        ${own && renderForm({ action: '/security/verification', content }, visit)}`
    }
  </section>`;
}

function renderNameForm(name: string, state: FormState, visit: Visit): Html {
  const { texts, form } = visit;
  const faulty = state.faults.some(({ field }) => field === 'name');
  const field = { name: 'name', label: texts.security.ownName, autocomplete: 'name' };
  const content = [
    renderField({ ...field, value: form.get('name') ?? name }, state, visit),
    renderButton(texts.common.save, 'small'),
  ];
  return html`<details${faulty && html` open`}><summary class="small">${texts.security.changeName}</summary>
${renderForm({ action: '/security/name', content }, visit)}</details>`;
}

function renderExplainLink({ texts }: Visit): Html {
  return html`<section class="card" aria-labelledby="access">
    <h2 id="access">${texts.explain.title}</h2>
    <p class="quiet">${texts.explain.linkLead}</p>
    <p><a class="button" href="${explainPath}">${texts.explain.link}</a></p>
  </section>`;
}

function renderOrganizations(organizations: readonly OwnOrganization[], visit: Visit, own: boolean): Html {
  const { security } = visit.texts;
  const items = organizations.map((organization) => {
    const roles = fillIn(security.organizationRoles, { roles: organization.roles.join(', ') });
    return html`<li>
      <div class="item-row">
        <div>
          <h3>${organization.name}${organization.current && html` <span class="tag">${security.here}</span>`}</h3>
          <p class="quiet small">${roles}</p>
        </div>
        ${own && !organization.current && renderSwitch(organization, visit)}
      </div>
    </li>`;
  });
  return html`<section class="card" aria-labelledby="organizations">
    <h2 id="organizations">${security.organizations}</h2>
    ${
      items.length === 0
        ? html`<p class="quiet">${security.noOrganizations}</p>`
        : html`<ul class="items">
            ${items}
          </ul>`
    }
  </section>`;
}

function renderSwitch({ tenantId, name }: OwnOrganization, visit: Visit): Html {
  const content = html`<button class="button small">${fillIn(visit.texts.security.switchTo, { name })}</button>`;
  return renderForm({ action: '/security/organizations', content, hidden: { id: tenantId } }, visit);
}

function renderPassword({ hasPassword, email }: AccountOverview, state: FormState, visit: Visit): Html {
  const own = visit.texts.security;
  const current = { name: 'current_password', label: own.currentPassword, type: 'password' } as const;
  const chosen = { name: 'new_password', label: visit.texts.common.newPassword, type: 'password' } as const;
  const content = [
    // Unseen, for password managers.
    html`<input type="text" name="username" autocomplete="username" value="${email}" hidden />`,
    renderField({ ...current, autocomplete: 'current-password' }, state, visit),
    renderField({ ...chosen, autocomplete: 'new-password', hint: visit.texts.common.newPasswordHint }, state, visit),
    renderButton(own.changePassword),
  ];
  return html`<section class="card" aria-labelledby="password">
    <h2 id="password">${own.password}</h2>
    ${
      hasPassword
        ? html`<p class="quiet">${own.passwordLead}</p>
            ${renderForm({ action: '/security/password', content }, visit)}`
        : html`<p>${own.noPassword}</p>
            <p><a class="button" href="/sign-in/forgotten">${own.setPassword}</a></p>`
    }
  </section>`;
}

function renderAuthenticator(account: AccountOverview, visit: Visit): Html {
  const { texts, locale } = visit;
  const own = texts.security;
  const { authenticatorSince: since, recoveryCodesLeft } = account;
  const act = (action: string, label: string, kind?: 'main' | 'plain' | 'bad'): Html =>
    renderForm({ action, content: renderButton(label, kind) }, visit);
  return html`<section class="card" aria-labelledby="authenticator">
    <h2 id="authenticator">${own.authenticator}</h2>
    ${
      since === null
        ? html`<p class="quiet">${own.authenticatorOff}</p>
            ${act('/security/authenticator', own.authenticatorSetUp)}`
        : html`<p>${fillIn(own.authenticatorOn, { date: formatDate(since, locale) })}</p>
            <p>${fillIn(own.recoveryLeft, { count: String(recoveryCodesLeft) })}</p>
            <div class="row">
              ${act('/security/recovery-codes', own.recoveryRenew, 'plain')}${act('/security/authenticator/removal', own.authenticatorRemove, 'bad')}
            </div>`
    }
  </section>`;
}
