import type { LiveSession } from '../session/session.store.ts';
import { renderButton, renderField, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { codeRule, readForm, recoveryCodeRule, submit } from './form-fault.ts';
import { html } from './html.ts';
import { proceed, type PageServices } from './page-services.ts';
import { goTo, readReturnTo, withReturnTo } from './return-to.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

const path = '/sign-in/second-factor';

/** `/sign-in/second-factor`: completes a sign-in with a code of the app, or with a recovery code. */
export function secondFactorPage({ signIn }: PageServices): PageRoute {
  const show = async (visit: Visit, state: FormState): Promise<Answer> => {
    const { session } = visit;
    const returnTo = readReturnTo(visit);
    if (session === undefined) return { location: withReturnTo('/sign-in', returnTo) };
    if (!session.pending) return goTo(returnTo);
    const passkeys = await signIn.passkeys.listOwn(asUser(session));
    return renderSecondFactor(visit, state, passkeys.length > 0);
  };
  return {
    path,
    get: (visit) => show(visit, untouched),
    post: (visit) => {
      const byRecovery = visit.form.has('recovery_code');
      return submit(
        visit,
        (state) => show(visit, state),
        async () => {
          const proof = byRecovery
            ? { recoveryCode: readForm(visit, { recovery_code: recoveryCodeRule }).recovery_code }
            : { code: readForm(visit, { code: codeRule }).code };
          return proceed(visit, await signIn.secondFactor.complete(proof, visit.browser), readReturnTo(visit));
        },
        { 'authentication.code_invalid': byRecovery ? ['recovery_code', 'recoveryCodeWrong'] : ['code', 'codeWrong'] },
      );
    },
  };
}

/** The user of a session that waits: enough to list what is theirs, and to change nothing. */
function asUser(session: LiveSession): { kind: 'user'; subject: string; roles: [] } {
  return { kind: 'user', subject: session.userId, roles: [] };
}

function renderSecondFactor(visit: Visit, state: FormState, hasPasskeys: boolean): Page {
  const { texts } = visit;
  const own = texts.secondFactor;
  const returnTo = readReturnTo(visit);
  const hidden = { return_to: returnTo };
  const code = { name: 'code', label: texts.common.code, hint: texts.common.codeHint, code: 'numeric' } as const;
  const recovery = { name: 'recovery_code', label: own.recoveryCode, hint: own.recoveryHint } as const;
  const byRecovery = state.faults.some(({ field }) => field === 'recovery_code');
  const focus = state.faults.length === 0;
  const byCode = [
    renderField({ ...code, autocomplete: 'one-time-code', focus }, state, visit),
    html`<div class="full">${renderButton(texts.common.continue)}</div>`,
  ];
  const byRecoveryCode = [
    renderField({ ...recovery, autocomplete: 'off', code: 'text' }, state, visit),
    html`<div class="full">${renderButton(own.recoverySubmit, 'plain')}</div>`,
  ];
  return {
    title: titleOf(own.title, state, visit),
    status: state.status,
    body: html`<div class="card"><h1>${own.title}</h1>
${renderSummary(state, visit)}<p>${own.lead}</p>
${renderForm({ action: path, content: byCode, hidden }, visit)}
${hasPasskeys && html`<p><a href="${withReturnTo('/sign-in/passkey', returnTo)}">${own.passkey}</a></p>`}
<details${byRecovery && html` open`}><summary>${own.recovery}</summary>
${renderForm({ action: path, content: byRecoveryCode, hidden }, visit)}</details>
<p class="below"><a href="${withReturnTo('/sign-in', returnTo, { reauthenticate: 'true' })}">${own.other}</a></p></div>`,
  };
}
