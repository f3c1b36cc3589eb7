import { completePasskeySignIn, createPasskey } from '../passkey/passkey.dto.ts';
import {
  renderButton,
  renderField,
  renderForm,
  renderSummary,
  titleOf,
  untouched,
  type Form,
  type FormState,
} from './form.ts';
import { FormFaults, labelRule, readForm, submit } from './form-fault.ts';
import { html, type Html } from './html.ts';
import { ownCaller } from './own-account.ts';
import { proceed, type PageServices } from './page-services.ts';
import { readReturnTo, withReturnTo } from './return-to.ts';
import type { Answer, PageRoute, Visit } from './visit.ts';

/** `/sign-in/passkey`: signs in with a passkey, or completes a sign-in with one. */
export function passkeySignInPage({ signIn }: PageServices): PageRoute {
  const show = async (visit: Visit, state: FormState): Promise<Answer> => {
    const { texts } = visit;
    const own = texts.passkey;
    const returnTo = readReturnTo(visit);
    const options = await signIn.passkeySignIn.begin(visit.browser);
    const form = { action: '/sign-in/passkey', hidden: { return_to: returnTo }, content: [] };
    return {
      title: titleOf(own.title, state, visit),
      status: state.status,
      script: true,
      body: html`<div class="card">
        <h1>${own.title}</h1>
        ${renderSummary(state, visit)}
        <p>${own.lead}</p>
        ${renderPasskeyForm(form, { kind: 'get', options, submit: own.submit }, visit)}
        <p class="below"><a href="${withReturnTo('/sign-in', returnTo)}">${own.other}</a></p>
      </div>`,
    };
  };
  return {
    path: '/sign-in/passkey',
    get: (visit) => show(visit, untouched),
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        async () => {
          const { credential } = readCredential(visit, completePasskeySignIn.body);
          const progress = await signIn.passkeySignIn.complete(credential, visit.browser, visit.locale);
          return proceed(visit, progress, readReturnTo(visit));
        },
      ),
  };
}

/** `/security/passkey`: adds a passkey to the account. */
export function newPasskeyPage({ signIn }: PageServices): PageRoute {
  const show = async (visit: Visit, state: FormState): Promise<Answer> => {
    const { texts, form } = visit;
    const own = texts.newPasskey;
    const options = await signIn.passkeys.beginRegistration(ownCaller(visit), undefined);
    const name = { name: 'name', label: own.name, hint: own.nameHint, autocomplete: 'off' } as const;
    const content = [renderField({ ...name, value: form.get('name') ?? undefined }, state, visit)];
    return {
      title: titleOf(own.title, state, visit),
      status: state.status,
      script: true,
      body: html`<div class="card">
        <h1>${own.title}</h1>
        ${renderSummary(state, visit)}
        <p>${own.lead}</p>
        ${renderPasskeyForm({ action: '/security/passkey', content }, { kind: 'create', options, submit: own.submit }, visit)}
        <p class="below"><a href="/security">${texts.common.cancel}</a></p>
      </div>`,
    };
  };
  return {
    path: '/security/passkey',
    get: (visit) => show(visit, untouched),
    post: (visit) =>
      submit(
        visit,
        (state) => show(visit, state),
        async () => {
          const caller = ownCaller(visit);
          const { name } = readForm(visit, { name: labelRule });
          const { credential } = readCredential(visit, createPasskey.body);
          const { cookie } = await signIn.passkeys.register(caller, { name, credential }, visit.browser);
          if (cookie !== undefined) visit.browser.setCookie(cookie);
          return { location: '/security?notice=passkey_added' };
        },
        {
          'resource.already_exists': [undefined, 'passkeyExists'],
          'authentication.token_invalid': [undefined, 'passkeyRefused'],
        },
      ),
  };
}

interface Asked {
  readonly kind: 'create' | 'get';
  readonly options: object;
  readonly submit: string;
}

/** A form that the script completes with what the browser says; without the script it says why nothing comes of it. */
function renderPasskeyForm(form: Form, { kind, options, submit: label }: Asked, visit: Visit): Html {
  const { problem, passkey } = visit.texts;
  return renderForm(
    {
      ...form,
      content: [
        ...(form.content as readonly Html[]),
        html`<input type="hidden" name="credential" value="" />
          <noscript><p class="fault">${passkey.noScript}</p></noscript>
          <div class="full">${renderButton(label)}</div>
          <p class="fault" role="status"></p>`,
      ],
      data: {
        passkey: kind,
        options: JSON.stringify(options),
        failed: problem.scriptFailed,
        unsupported: problem.scriptUnsupported,
      },
    },
    visit,
  );
}

/** What the script put into the form, checked as the operation checks it. */
function readCredential<Output>(
  { form, texts }: Visit,
  schema: { safeParse(input: unknown): { success: true; data: Output } | { success: false } },
): Output {
  const parsed = schema.safeParse({ credential: parseJson(form.get('credential') ?? '') });
  if (!parsed.success) throw new FormFaults([{ field: undefined, text: texts.problem.passkeyMissing }]);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
