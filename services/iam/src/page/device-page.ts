import type { WaitingDevice } from '../openid/device.service.ts';
import { participantOf, renderAnswers, renderScopes } from './consent-page.ts';
import { renderButton, renderField, renderForm, renderSummary, titleOf, untouched, type FormState } from './form.ts';
import { readForm, submit, type FaultPlaces } from './form-fault.ts';
import { html } from './html.ts';
import { ownCaller } from './own-account.ts';
import type { PageServices } from './page-services.ts';
import { fillIn } from './texts.ts';
import type { Answer, Page, PageRoute, Visit } from './visit.ts';

const longestCode = 40;
const places: FaultPlaces = { 'openid.device_code_unknown': ['user_code', 'deviceUnknown'] };

/** `/device`: lets a signed-in user admit a device that shows a code (RFC 8628). */
export function devicePage({ devices }: PageServices): PageRoute {
  return {
    path: '/device',
    get: async (visit) => {
      ownCaller(visit);
      return renderCodeForm(visit, untouched);
    },
    post: (visit) =>
      submit(
        visit,
        (state) => renderCodeForm(visit, state),
        async (): Promise<Answer> => {
          ownCaller(visit);
          const code = readForm(visit, {
            user_code: (value, { problem }) =>
              value === '' || value.length > longestCode ? problem.codeMissing : undefined,
          }).user_code;
          const participant = participantOf(visit);
          switch (visit.form.get('answer')) {
            case 'allow':
              await devices.approve(code, participant);
              return renderDone(visit, visit.texts.device.approvedTitle, visit.texts.device.approved);
            case 'refuse':
              await devices.refuse(code, participant);
              return renderDone(visit, visit.texts.device.refusedTitle, visit.texts.device.refused);
            default:
              return renderQuestion(visit, code, await devices.find(code, participant));
          }
        },
        places,
      ),
  };
}

function renderCodeForm(visit: Visit, state: FormState): Page {
  const { texts, form, query } = visit;
  const value = (form.get('user_code') ?? query.get('user_code') ?? undefined)?.slice(0, longestCode);
  const code = { name: 'user_code', label: texts.common.code, hint: texts.device.hint, code: 'text' } as const;
  const content = [
    renderField({ ...code, autocomplete: 'off', value }, state, visit),
    html`<div class="full">${renderButton(texts.common.continue)}</div>`,
  ];
  return {
    title: titleOf(texts.device.title, state, visit),
    status: state.status,
    body: html`<div class="card">
      <h1>${texts.device.title}</h1>
      ${renderSummary(state, visit)}
      <p>${texts.device.lead}</p>
      ${renderForm({ action: '/device', content }, visit)}
    </div>`,
  };
}

/** The code is shown again: somebody who was sent a link has to compare it with what their own device shows. */
function renderQuestion(visit: Visit, code: string, { client, scopes, ip }: WaitingDevice): Page {
  const { texts } = visit;
  const title = fillIn(texts.device.question, { client: client.name });
  const content = renderAnswers(texts.device.allow, texts.device.refuse);
  return {
    title,
    body: html`<div class="card">
      <h1>${title}</h1>
      <p>${texts.device.warning}</p>
      <p><code class="key">${code}</code></p>
      ${ip !== null && html`<p class="quiet small">${fillIn(texts.device.asksFrom, { ip })}</p>`}
      <p>${texts.device.wants}</p>
      ${renderScopes(scopes, texts)} ${renderForm({ action: '/device', content, hidden: { user_code: code } }, visit)}
    </div>`,
  };
}

function renderDone({ texts }: Visit, title: string, text: string): Page {
  return {
    title,
    body: html`<div class="card">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button" href="/security">${texts.security.title}</a></p>
    </div>`,
  };
}
