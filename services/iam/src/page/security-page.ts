import { idSchema } from '@plinth/contracts';
import { NotFoundError } from '@plinth/common';
import { loadAccount } from './account-overview.ts';
import { stateOfReturn, titleOf, type FormState } from './form.ts';
import {
  labelRule,
  nameRule,
  newPasswordRule,
  passwordRule,
  readForm,
  submit,
  type FaultPlaces,
} from './form-fault.ts';
import { html } from './html.ts';
import { ownCaller, viewerOf } from './own-account.ts';
import type { PageServices } from './page-services.ts';
import { ownAccount } from './return-to.ts';
import { renderAccount } from './security-view.ts';
import { fillIn } from './texts.ts';
import type { Answer, PageHandler, PageRoute, Visit } from './visit.ts';

const passwordPlaces: FaultPlaces = {
  'request.invalid /currentPassword': ['current_password', 'passwordWrong'],
  'request.invalid /newPassword': ['new_password', 'passwordPersonal'],
  'authentication.password_breached': ['new_password', 'passwordCommon'],
};

/** `/security` and the forms on it: the own account. */
export function securityPages(services: PageServices): PageRoute[] {
  const { core, signIn, impersonations } = services;
  const show = async (visit: Visit, state: FormState): Promise<Answer> => {
    viewerOf(visit);
    const account = await loadAccount(services, visit);
    return {
      title: titleOf(visit.texts.security.title, state, visit),
      status: state.status,
      wide: true,
      body: renderAccount(account, state, visit),
    };
  };
  const form = (path: `/${string}`, work: PageHandler, places?: FaultPlaces): PageRoute => ({
    path,
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        () => work(visit),
        places,
      ),
  });
  return [
    { path: ownAccount, get: (visit) => show(visit, stateOfReturn(visit)) },
    form('/security/name', async (visit) => {
      await services.users.renameOwn(ownCaller(visit), readForm(visit, { name: nameRule }).name);
      return done('name_changed');
    }),
    form('/security/password', (visit) => changePassword(visit, services), passwordPlaces),
    form('/security/verification', async (visit) => {
      const { session } = viewerOf(visit);
      ownCaller(visit);
      signIn.verification.requestAgain(session.email, visit.locale);
      visit.browser.setCookie(services.states.render({ email: session.email, returnTo: ownAccount }));
      return { location: '/sign-in/verify' };
    }),
    form('/security/organizations', async (visit) => {
      await core.sessions.chooseTenant(ownCaller(visit), readId(visit));
      return done('organization_chosen');
    }),
    form('/security/passkeys/name', async (visit) => {
      const { id, name } = readItem(visit);
      await signIn.passkeys.rename(ownCaller(visit), id, name);
      return done('passkey_renamed');
    }),
    form('/security/passkeys/removal', async (visit) => {
      await signIn.passkeys.remove(ownCaller(visit), readId(visit));
      return done('passkey_removed');
    }),
    form('/security/sessions/name', async (visit) => {
      const { id, name } = readItem(visit);
      await core.sessions.renameOwn(ownCaller(visit), id, name);
      return done('session_renamed');
    }),
    form('/security/sessions/end', async (visit) => {
      const caller = ownCaller(visit);
      const id = readId(visit);
      await core.sessions.revokeOwn(caller, id);
      return id === caller.session ? leave(visit, services) : done('session_ended');
    }),
    form('/security/sessions/end-all', async (visit) => {
      await core.sessions.revokeAllOwn(ownCaller(visit));
      return leave(visit, services);
    }),
    form('/security/identities', (visit) => connect(visit, services)),
    form(
      '/security/identities/removal',
      async (visit) => {
        await services.identities.removeOwn(ownCaller(visit), readId(visit));
        return done('identity_removed');
      },
      { 'federation.last_sign_in_way': [undefined, 'lastSignIn'] },
    ),
    {
      path: '/security/support-session',
      post: async (visit) => {
        await impersonations.end(viewerOf(visit).caller, visit.browser);
        return done('support_ended');
      },
    },
  ];
}

async function changePassword(visit: Visit, { signIn }: PageServices): Promise<Answer> {
  const caller = ownCaller(visit);
  const { current_password: currentPassword, new_password: newPassword } = readForm(visit, {
    current_password: passwordRule,
    new_password: newPasswordRule,
  });
  const input = { currentPassword, newPassword };
  visit.browser.setCookie(await signIn.authentication.changePassword(caller, input, visit.browser));
  return done('password_changed');
}

/** Goes to the provider from a page: a form may not be redirected to another site. */
async function connect(visit: Visit, { identities, federation }: PageServices): Promise<Answer> {
  const { texts, form, browser } = visit;
  const caller = ownCaller(visit);
  const choice = (await federation.listChoices()).find(({ id }) => id === form.get('provider'));
  if (choice === undefined) throw new NotFoundError('identity provider', 'of this name');
  const wish = { providerId: choice.id, returnTo: `${ownAccount}?notice=identity_linked`, password: undefined };
  const { location, cookie } = await identities.beginLink(caller, wish);
  browser.setCookie(cookie);
  const title = fillIn(texts.security.connecting, { provider: choice.title });
  return {
    title,
    refresh: location,
    body: html`<div class="card">
      <h1>${title}</h1>
      <p>${fillIn(texts.security.connectingLead, { provider: choice.title })}</p>
      <p><a class="button main full" href="${location}">${texts.common.continue}</a></p>
    </div>`,
  };
}

function done(notice: string): Answer {
  return { location: `${ownAccount}?notice=${notice}` };
}

function leave(visit: Visit, { core }: PageServices): Answer {
  visit.browser.setCookie(core.sessions.renderRemoval());
  return { location: '/sign-in?notice=signed_out' };
}

/** What a form is about: a passkey, a session, a tenant. */
function readId({ form }: Visit): string {
  const parsed = idSchema.safeParse(form.get('id'));
  if (!parsed.success) throw new NotFoundError('item', 'without an id');
  return parsed.data;
}

function readItem(visit: Visit): { readonly id: string; readonly name: string } {
  const id = readId(visit);
  const field = `name-${id}`;
  return { id, name: readForm(visit, { [field]: labelRule })[field]! };
}
