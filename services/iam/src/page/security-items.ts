import type { Passkey } from '../passkey/passkey.ts';
import type { Session } from '../session/session.ts';
import { parseUserAgent } from '../session/user-agent.ts';
import type { AccountOverview } from './account-overview.ts';
import { renderField, renderForm, type FormState } from './form.ts';
import { html, type Html } from './html.ts';
import { fillIn, type Texts } from './texts.ts';
import { formatAge, formatDate, renderTime } from './time-text.ts';
import type { Visit } from './visit.ts';

/** The passkeys of an account, to rename and remove unless somebody only looks at them. */
export function renderPasskeys(account: AccountOverview, state: FormState, visit: Visit, own: boolean): Html {
  const { texts, locale } = visit;
  const { security } = texts;
  const describe = ({ createdAt, lastUsedAt, backedUp }: Passkey): Html => {
    const added = fillIn(security.passkeyAdded, { date: formatDate(createdAt, locale) });
    const used =
      lastUsedAt === null
        ? security.passkeyNever
        : fillIn(security.passkeyUsed, { time: formatAge(lastUsedAt, account.now, locale) });
    return html`${renderTime(createdAt, added)}, ${used}${backedUp && `, ${security.passkeyShared}`}`;
  };
  const items = account.passkeys.map((passkey) =>
    renderItem(
      {
        id: passkey.id,
        name: passkey.name,
        about: describe(passkey),
        path: '/security/passkeys',
        act: 'removal',
        label: security.remove,
        fullLabel: security.removeNamed,
      },
      own ? state : undefined,
      visit,
    ),
  );
  return html`<section class="card" aria-labelledby="passkeys">
    <h2 id="passkeys">${security.passkeys}</h2>
    <p class="quiet">${security.passkeysLead}</p>
    ${
      items.length > 0 &&
      html`<ul class="items">
        ${items}
      </ul>`
    }
    ${own && html`<p><a class="button main" href="/security/passkey">${security.passkeyAdd}</a></p>`}
  </section>`;
}

/** Accounts at other providers, to remove and to connect. Nothing where there is neither. */
export function renderIdentities(
  { identities, choices }: AccountOverview,
  state: FormState,
  visit: Visit,
  own: boolean,
): Html | undefined {
  const { texts, locale } = visit;
  const { security } = texts;
  if (identities.length === 0 && choices.length === 0) return undefined;
  const items = identities.map(({ id, title, email, createdAt }) =>
    renderItem(
      {
        id,
        name: title ?? security.identityUnknown,
        about: html`${email !== null && `${email}, `}${renderTime(createdAt, fillIn(security.connected, { date: formatDate(createdAt, locale) }))}`,
        path: '/security/identities',
        act: 'removal',
        label: security.remove,
        fullLabel: security.removeNamed,
        fixedName: true,
      },
      own ? state : undefined,
      visit,
    ),
  );
  const connect = choices.map(({ id, title }) => {
    const content = html`<button class="button">${fillIn(security.connect, { provider: title })}</button>`;
    return renderForm({ action: '/security/identities', content, hidden: { provider: id } }, visit);
  });
  return html`<section class="card" aria-labelledby="identities">
    <h2 id="identities">${security.identities}</h2>
    <p class="quiet">${security.identitiesLead}</p>
    ${
      items.length > 0 &&
      html`<ul class="items">
        ${items}
      </ul>`
    }
    ${own && html`<div class="row">${connect}</div>`}
  </section>`;
}

/** Where somebody is signed in, to end and to name. */
export function renderDevices(account: AccountOverview, state: FormState, visit: Visit, own: boolean): Html {
  const { texts, locale } = visit;
  const { security } = texts;
  const describe = ({ usedAt, createdAt, ip }: Session): Html => {
    const used = fillIn(security.deviceUsed, { time: formatAge(usedAt, account.now, locale) });
    const since = fillIn(security.deviceSince, { date: formatDate(createdAt, locale) });
    return html`${renderTime(usedAt, used)}, ${since}${ip !== null && `, ${fillIn(security.deviceFrom, { ip })}`}`;
  };
  const items = account.sessions.map((session) =>
    renderItem(
      {
        id: session.id,
        name: session.name ?? nameDevice(session.userAgent, texts),
        tag: session.current ? security.thisDevice : undefined,
        about: describe(session),
        path: '/security/sessions',
        act: 'end',
        label: security.end,
        fullLabel: security.endNamed,
      },
      own ? state : undefined,
      visit,
    ),
  );
  const endAll = html`<button class="button bad">${security.endAll}</button>`;
  return html`<section class="card" aria-labelledby="devices">
    <h2 id="devices">${security.devices}</h2>
    <p class="quiet">${security.devicesLead}</p>
    <ul class="items">
      ${items}
    </ul>
    ${own && renderForm({ action: '/security/sessions/end-all', content: endAll }, visit)}
  </section>`;
}

interface Item {
  readonly id: string;
  readonly name: string;
  readonly tag?: string | undefined;
  readonly about: Html;
  readonly path: string;
  /** Last part of the path of what ends it. */
  readonly act: string;
  readonly label: string;
  /** The same for somebody who hears the button alone. */
  readonly fullLabel: string;
  /** Whether it has a name that nobody gives it. */
  readonly fixedName?: boolean;
}

/** `state` is undefined for somebody who only looks. */
function renderItem(item: Item, state: FormState | undefined, visit: Visit): Html {
  const { texts } = visit;
  const { id, name, tag, about, path, act, label, fullLabel } = item;
  const field = `name-${id}`;
  const faulty = state?.faults.some((fault) => fault.field === field) === true;
  const given = visit.form.get(field) ?? name;
  const end = html`<button class="button small" aria-label="${fillIn(fullLabel, { name })}">${label}</button>`;
  const rename = (shown: FormState): Html[] => [
    renderField({ name: field, label: texts.security.newName, autocomplete: 'off', value: given }, shown, visit),
    html`<button class="button small">${texts.common.save}</button>`,
  ];
  return html`<li>
    <div class="item-row">
      <div>
        <h3>${name}${tag !== undefined && html` <span class="tag">${tag}</span>`}</h3>
        <p class="quiet small">${about}</p>
      </div>
      ${state !== undefined && renderForm({ action: `${path}/${act}`, content: end, hidden: { id } }, visit)}
    </div>
    ${
      state !== undefined &&
      item.fixedName !== true &&
      html`<details${faulty && html` open`}><summary class="small" aria-label="${fillIn(texts.security.renameNamed, { name })}">${texts.security.rename}</summary>
${renderForm({ action: `${path}/name`, content: rename(state), hidden: { id } }, visit)}</details>`
    }
  </li>`;
}

function nameDevice(userAgent: string | null, { security }: Texts): string {
  const { browser, system } = parseUserAgent(userAgent);
  if (browser === undefined || system === undefined) return browser ?? system ?? security.unknownDevice;
  return fillIn(security.deviceName, { browser, system });
}
