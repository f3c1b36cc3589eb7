import type { SignInProgress } from '../authentication/sign-in.ts';
import type { TokenProof } from '../one-time-token/one-time-token.service.ts';
import {
  renderButton,
  renderField,
  renderForm,
  renderNotice,
  renderSummary,
  titleOf,
  untouched,
  type FormState,
} from './form.ts';
import { codeRule, emailRule, readForm, submit } from './form-fault.ts';
import { html, type Html } from './html.ts';
import { proceed, type PageServices } from './page-services.ts';
import { readReturnTo, withReturnTo } from './return-to.ts';
import { fillIn } from './texts.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

const longestToken = 100;
type Kind = 'emailSignIn' | 'verify';

interface MailProof {
  readonly kind: Kind;
  readonly path: '/sign-in/email' | '/sign-in/verify';
  readonly request: (email: string, visit: Visit) => void;
  readonly confirm: (proof: TokenProof, visit: Visit) => Promise<SignInProgress>;
}

/** `/sign-in/email`: signs in by a link or a code that the address gets. */
export function emailSignInPage(services: PageServices): PageRoute {
  const { emailSignIn } = services.signIn;
  return mailProofPage(services, {
    kind: 'emailSignIn',
    path: '/sign-in/email',
    request: (email, { locale }) => emailSignIn.request(email, locale),
    confirm: (proof, { browser }) => emailSignIn.confirm(proof, browser),
  });
}

/** `/sign-in/verify`: confirms an address by a link or a code, and completes the sign-up that waits for it. */
export function verifyPage(services: PageServices): PageRoute {
  const { verification } = services.signIn;
  return mailProofPage(services, {
    kind: 'verify',
    path: '/sign-in/verify',
    request: (email, { locale }) => verification.requestAgain(email, locale),
    confirm: (proof, { browser }) => verification.confirm(proof, browser),
  });
}

/** Programs that look at mails follow links: opening one asks only, and the button takes it. */
function mailProofPage(services: PageServices, proof: MailProof): PageRoute {
  const { states } = services;
  const show = (visit: Visit, state: FormState): Page => {
    const known = states.read(visit.browser.cookies);
    const token = (visit.form.get('token') ?? visit.query.get('token') ?? '').slice(0, longestToken);
    if (token !== '') return renderLink(visit, state, proof, token);
    // To confirm an address, a mail is there already; to sign in by mail, one is asked for first.
    const asks = proof.kind === 'emailSignIn' && !visit.query.has('sent') && visit.form.get('step') !== 'code';
    return asks ? renderRequest(visit, state, proof) : renderCode(visit, state, proof, known?.email);
  };
  return {
    path: proof.path,
    get: async (visit) => show(visit, untouched),
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        () =>
          visit.form.get('step') === 'request' ? request(visit, services, proof) : confirm(visit, services, proof),
      ),
  };
}

async function request(visit: Visit, { states }: PageServices, proof: MailProof): Promise<Answer> {
  const { email } = readForm(visit, { email: emailRule });
  proof.request(email, visit);
  const returnTo = readReturnTo(visit) ?? states.read(visit.browser.cookies)?.returnTo ?? null;
  visit.browser.setCookie(states.render({ email, returnTo }));
  return { location: proof.kind === 'verify' ? '/sign-in/verify?notice=sent_again' : '/sign-in/email?sent=true' };
}

async function confirm(visit: Visit, { states }: PageServices, proof: MailProof): Promise<Answer> {
  const known = states.read(visit.browser.cookies);
  const token = visit.form.get('token');
  const given =
    token === null ? readForm(visit, { email: emailRule, code: codeRule }) : { token: token.slice(0, longestToken) };
  const progress = await proof.confirm(given, visit);
  visit.browser.setCookie(states.render(undefined));
  const asked = new URLSearchParams({ return_to: known?.returnTo ?? '' });
  return proceed(visit, progress, readReturnTo(visit) ?? readReturnTo({ form: asked, query: visit.query }));
}

function renderRequest(visit: Visit, state: FormState, { path }: MailProof): Page {
  const { texts, form } = visit;
  const returnTo = readReturnTo(visit);
  const content = [
    renderEmailField(visit, state, form.get('email') ?? undefined),
    html`<div class="full">${renderButton(texts.emailSignIn.submit)}</div>`,
  ];
  return {
    title: titleOf(texts.emailSignIn.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.emailSignIn.title}</h1>
      ${renderSummary(state, visit)}
      <p>${texts.emailSignIn.lead}</p>
      ${renderForm({ action: path, content, hidden: { step: 'request', return_to: returnTo } }, visit)}
      <p class="below"><a href="${withReturnTo('/sign-in', returnTo)}">${texts.common.back}</a></p>
    </div>`,
  };
}

function renderCode(visit: Visit, state: FormState, { kind, path }: MailProof, email: string | undefined): Page {
  const { texts } = visit;
  const own = texts[kind];
  const title = kind === 'verify' ? texts.verify.title : texts.emailSignIn.sentTitle;
  const lead = email === undefined ? own.sentUnknown : fillIn(own.sent, { email });
  const emailPart =
    email === undefined
      ? renderEmailField(visit, state, visit.form.get('email') ?? undefined)
      : html`<input type="hidden" name="email" value="${email}" />`;
  const content = [
    emailPart,
    renderField(
      {
        name: 'code',
        label: texts.common.code,
        hint: texts.common.codeHint,
        autocomplete: 'one-time-code',
        code: 'numeric',
        focus: state.faults.length === 0 && email !== undefined,
      },
      state,
      visit,
    ),
    html`<div class="full">${renderButton(own.codeSubmit)}</div>`,
  ];
  return {
    title: titleOf(title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${title}</h1>
      ${renderNotice(visit)}${renderSummary(state, visit)}
      <p>${lead}</p>
      ${renderForm({ action: path, content, hidden: { step: 'code', return_to: readReturnTo(visit) } }, visit)}
      ${renderAgain(visit, kind, path, email)}
      <p class="below"><a href="/sign-in">${texts.error.toSignIn}</a></p>
    </div>`,
  };
}

function renderAgain(visit: Visit, kind: Kind, path: string, email: string | undefined): Html | undefined {
  const label = visit.texts[kind].again;
  if (email === undefined)
    return kind === 'verify' ? undefined : html`<p class="below"><a href="${path}">${label}</a></p>`;
  const content = html`<div class="full">${renderButton(label, 'plain')}</div>`;
  return renderForm({ action: path, content, hidden: { step: 'request', email } }, visit);
}

function renderLink(visit: Visit, state: FormState, { kind, path }: MailProof, token: string): Page {
  const own = visit.texts[kind];
  const content = html`<div class="full">${renderButton(own.linkSubmit)}</div>`;
  return {
    title: titleOf(own.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${own.title}</h1>
      ${renderSummary(state, visit)}
      ${
        state.faults.length === 0
          ? html`<p>${own.linkLead}</p>
              ${renderForm({ action: path, content, hidden: { step: 'link', token } }, visit)}`
          : html`<p><a class="button full" href="${path}">${own.again}</a></p>`
      }
      <p class="below"><a href="/sign-in">${visit.texts.error.toSignIn}</a></p>
    </div>`,
  };
}

function renderEmailField(visit: Visit, state: FormState, value: string | undefined): Html {
  const label = visit.texts.common.email;
  return renderField({ name: 'email', label, type: 'email', autocomplete: 'username', value }, state, visit);
}
