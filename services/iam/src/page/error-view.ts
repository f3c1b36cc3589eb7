import { toDomainError } from '@plinth/common';
import { statusOfKind } from '@plinth/contracts';
import { html } from './html.ts';
import { withReturnTo } from './return-to.ts';
import { fillIn, type Texts } from './texts.ts';
import { formatWait } from './time-text.ts';
import type { Answer, Visit } from './visit.ts';

/** Errors that come before there is a form to show them. */
const problemsOfPages: Readonly<Record<string, keyof Texts['problem']>> = {
  'auth.impersonation_refused': 'supportRefused',
  'second_factor.authenticator_exists': 'authenticatorExists',
  'second_factor.no_authenticator': 'authenticatorNone',
  'passkey.too_many': 'passkeyTooMany',
};

/** What somebody sees of an error that no form could show; the sign-in, where that is what is missing. */
export function answerError(thrown: unknown, visit: Visit, requestId: string): Answer {
  const error = toDomainError(thrown);
  const { texts, locale, path } = visit;
  // Sub-paths that only take forms lead to the page that has them.
  const here = path.startsWith('/security') ? '/security' : path;
  const whole = visit.query.size === 0 ? path : `${path}?${visit.query.toString()}`;
  if (error.code === 'authentication.recent_sign_in_required')
    return { location: withReturnTo('/sign-in', here, { reauthenticate: 'true', notice: 'sign_in_again' }) };
  if (error.kind === 'unauthenticated') return { location: withReturnTo('/sign-in', here === path ? whole : here) };
  const [title, text] = describe(error.code, error.kind, texts);
  const wait = formatWait(error.retryAfterSeconds ?? 1, locale);
  const back = error.code === 'page.form_expired' || error.code === 'authentication.origin_not_trusted';
  return {
    title,
    status: statusOfKind[error.kind],
    body: html`<div class="card">
      <h1>${title}</h1>
      <p>${fillIn(text, { requestId, wait })}</p>
      <p>
        ${back ? html`<a class="button" href="${here}">${texts.error.formAgain}</a>` : html`<a class="button" href="/sign-in">${texts.error.toSignIn}</a>`}
      </p>
    </div>`,
  };
}

function describe(code: string, kind: string, { error, problem }: Texts): readonly [title: string, text: string] {
  if (code === 'page.form_expired') return [error.formTitle, error.form];
  if (code === 'authentication.origin_not_trusted') return [error.originTitle, error.origin];
  const problemName = problemsOfPages[code];
  if (problemName !== undefined) return [error.forbiddenTitle, problem[problemName]];
  if (code === 'openid.interaction_unknown' || kind === 'gone') return [error.goneTitle, error.gone];
  if (kind === 'not_found') return [error.notFoundTitle, error.notFound];
  if (kind === 'rate_limited') return [error.unavailableTitle, problem.throttled];
  if (kind === 'unavailable') return [error.unavailableTitle, error.unavailable];
  if (kind === 'internal') return [error.internalTitle, error.internal];
  return [error.forbiddenTitle, error.forbidden];
}
