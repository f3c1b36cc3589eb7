import { renderSVG } from 'uqr';
import type { AuthenticatorDraft } from '../second-factor/second-factor.service.ts';
import { renderKeyUri } from '../second-factor/totp.ts';
import { renderButton, renderField, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { codeRule, readForm, submit, type FaultPlaces } from './form-fault.ts';
import { html } from './html.ts';
import { ownCaller, viewerOf } from './own-account.ts';
import type { PageServices } from './page-services.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

const places: FaultPlaces = {
  'request.invalid /code': ['code', 'appCodeWrong'],
  'second_factor.authenticator_exists': [undefined, 'authenticatorExists'],
  'second_factor.no_authenticator': [undefined, 'authenticatorNone'],
};
const secretPattern = /^[A-Z2-7]{16,64}$/;

/**
 * The forms that set an authenticator app up and remove it. Secrets and codes are in the answer to the form and
 * nowhere else: a page that could be asked for again would have to keep them.
 */
export function authenticatorPages({ signIn }: PageServices): PageRoute[] {
  const { secondFactor } = signIn;
  return [
    {
      path: '/security/authenticator',
      post: async (visit) => {
        const caller = ownCaller(visit);
        if (visit.form.get('step') !== 'confirm')
          return renderSetUp(visit, untouched, await secondFactor.begin(caller, undefined));
        return submit(
          visit,
          (state) => showAgain(visit, state),
          async () => {
            const { code } = readForm(visit, { code: codeRule });
            const { recoveryCodes, cookie } = await secondFactor.confirm(caller, code, visit.browser);
            if (cookie !== undefined) visit.browser.setCookie(cookie);
            return renderCodes(visit, recoveryCodes);
          },
          places,
        );
      },
    },
    {
      path: '/security/authenticator/removal',
      post: async (visit) => {
        await secondFactor.remove(ownCaller(visit), undefined);
        return { location: '/security?notice=authenticator_removed' };
      },
    },
    {
      path: '/security/recovery-codes',
      post: async (visit) => renderCodes(visit, await secondFactor.renewRecoveryCodes(ownCaller(visit), undefined)),
    },
  ];
}

/** After a wrong code: the key that the app has got comes back with the form. */
async function showAgain(visit: Visit, state: FormState): Promise<Answer> {
  const secret = visit.form.get('secret') ?? '';
  if (!secretPattern.test(secret)) return { location: '/security' };
  const uri = await renderKeyUri({ secret, issuer: visit.productName, account: viewerOf(visit).session.email });
  return renderSetUp(visit, state, { secret, uri });
}

function renderSetUp(visit: Visit, state: FormState, { secret, uri }: AuthenticatorDraft): Page {
  const { texts } = visit;
  const own = texts.authenticator;
  const picture = `data:image/svg+xml;base64,${Buffer.from(renderSVG(uri)).toString('base64')}`;
  const code = { name: 'code', label: texts.common.code, hint: texts.common.codeHint, code: 'numeric' } as const;
  const content = [
    renderField({ ...code, autocomplete: 'one-time-code' }, state, visit),
    html`<div class="full">${renderButton(own.submit)}</div>`,
  ];
  return {
    title: titleOf(own.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${own.title}</h1>
      ${renderSummary(state, visit)}
      <p>${own.scan}</p>
      <img class="qr" src="${picture}" alt="${own.qr}" width="208" height="208" />
      <p>${own.type}</p>
      <p><code class="key">${secret.match(/.{1,4}/g)!.join(' ')}</code></p>
      <p>${own.codeLead}</p>
      ${renderForm({ action: '/security/authenticator', content, hidden: { step: 'confirm', secret } }, visit)}
      <p class="below"><a href="/security">${texts.common.cancel}</a></p>
    </div>`,
  };
}

function renderCodes({ texts }: Visit, codes: readonly string[]): Page {
  const own = texts.authenticator;
  return {
    title: own.codesTitle,
    body: html`<div class="card">
      <h1>${own.codesTitle}</h1>
      <p>${own.codesLead}</p>
      <ul class="codes">
        ${codes.map((code) => html`<li>${code}</li>`)}
      </ul>
      <p><a class="button main full" href="/security">${own.done}</a></p>
    </div>`,
  };
}
