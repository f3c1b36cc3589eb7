import { html, type Html } from './html.ts';
import type { FieldFault } from './form-fault.ts';
import type { Texts } from './texts.ts';
import type { Visit } from './visit.ts';

/** What is wrong with a form that was sent. */
export interface FormState {
  readonly faults: readonly FieldFault[];
  /** HTTP status of the answer. */
  readonly status: number;
}

/** A form that was not sent yet. */
export const untouched: FormState = { faults: [], status: 200 };

/** What a sign-in elsewhere came back with: its error, named by `error` in the query. */
export function stateOfReturn({ query, texts }: Visit): FormState {
  const code = query.get('error');
  if (code === null) return untouched;
  const name = code.replace(/^(federation|authentication)\./, '');
  const text = Object.hasOwn(texts.federation, name) ? texts.federation[name as keyof Texts['federation']] : undefined;
  return { faults: [{ field: undefined, text: text ?? texts.federation.other }], status: 200 };
}

/** What inputs and choices have alike. */
interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** Unique on the page; the name when absent. */
  readonly id?: string;
}

export interface Field extends Labelled {
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  readonly value?: string | undefined;
  /** Whether it may be left empty. */
  readonly optional?: boolean;
  /** Digits or letters of a code, one by one. */
  readonly code?: 'numeric' | 'text';
  readonly focus?: boolean;
}

/** One of several values. */
export interface Choice extends Labelled {
  /** Texts by value; under the name of a group where there is one. */
  readonly groups: ReadonlyMap<string | undefined, ReadonlyMap<string, string>>;
  readonly value?: string | undefined;
}

/** An input with label, hint and what is wrong with it. */
export function renderField(field: Field, state: FormState, visit: Visit): Html {
  const { type = 'text', optional, value, autocomplete } = field;
  return renderLabelled(
    field,
    state,
    visit,
    (common) =>
      html`<input
        ${common}
        type="${type}"
        autocomplete="${autocomplete}"
        ${optional !== true && html` required`}${attributes(field)}${value !== undefined && html` value="${value}"`}
      />`,
  );
}

/** The same to choose one of several values. */
export function renderChoice(choice: Choice, state: FormState, visit: Visit): Html {
  const options = [...choice.groups].map(([group, texts]) => {
    const own = [...texts].map(
      ([value, text]) => html`<option value="${value}" ${value === choice.value && html` selected`}>${text}</option>`,
    );
    return group === undefined ? own : html`<optgroup label="${group}">${own}</optgroup>`;
  });
  return renderLabelled(
    choice,
    state,
    visit,
    (common) =>
      html`<select ${common} required>
        ${options}
      </select>`,
  );
}

/** `control` gets the attributes that say what it is called and what is wrong with it. */
function renderLabelled(
  { name, id = name, label, hint }: Labelled,
  state: FormState,
  { texts }: Visit,
  control: (common: Html) => Html,
): Html {
  const fault = state.faults.find(({ field }) => field === id);
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(fault === undefined ? [] : [`${id}-fault`]),
  ].join(' ');
  const common = html`id="${id}"
  name="${name}"${described !== '' && html` aria-describedby="${described}"`}${fault !== undefined && html` aria-invalid="true"`}`;
  return html`<div class="${fault === undefined ? 'field' : 'field invalid'}">
    <label for="${id}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${fault !== undefined && html`<p class="fault" id="${id}-fault"><span class="hidden">${texts.problem.prefix} </span>${fault.text}</p>`}
    ${control(common)}
  </div>`;
}

function attributes({ code, type, focus }: Field): Html[] {
  return [
    ...(code === undefined ? [] : [html` class="code" inputmode="${code}"`]),
    ...(code === 'text' || type === 'email' ? [html` autocapitalize="none"`] : []),
    ...(code === undefined && type !== 'email' ? [] : [html` spellcheck="false"`]),
    ...(focus === true ? [html` autofocus`] : []),
  ];
}

export interface Form {
  readonly action: string;
  /** Fields and buttons. */
  readonly content: readonly Html[] | Html;
  /** Sent along unseen; what is undefined is left out. */
  readonly hidden?: Readonly<Record<string, string | undefined>>;
  /** Data for the script. */
  readonly data?: Readonly<Record<string, string>>;
}

/** A form that only the browser it is shown to can send. */
export function renderForm({ action, content, hidden = {}, data = {} }: Form, { formToken }: Visit): Html {
  const values = Object.entries({ form_token: formToken, ...hidden }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return html`<form
    method="post"
    action="${action}"
    novalidate${Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`)}
  >
    ${values.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)} ${content}
  </form>`;
}

export function renderButton(label: string, kind: 'main' | 'plain' | 'bad' | 'small' = 'main'): Html {
  return html`<button class="${kind === 'plain' ? 'button' : `button ${kind}`}">${label}</button>`;
}

/** The title of a page with a form: it says first that something is wrong. */
export function titleOf(title: string, { faults }: FormState, { texts }: Visit): string {
  return faults.length === 0 ? title : `${texts.problem.prefix} ${title}`;
}

/** What is wrong, above everything else, with links to the fields. */
export function renderSummary({ faults }: FormState, { texts }: Visit): Html | undefined {
  if (faults.length === 0) return undefined;
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="problem-title">
    <h2 id="problem-title">${texts.problem.title}</h2>
    <ul>
      ${faults.map(({ field, text }) => html`<li>${field === undefined ? text : html`<a href="#${field}">${text}</a>`}</li>`)}
    </ul>
  </div>`;
}

/** What happened before, named by `notice` in the query. */
export function renderNotice({ query, texts }: Visit): Html | undefined {
  const name = query.get('notice') ?? '';
  if (!Object.hasOwn(texts.notice, name)) return undefined;
  return html`<p class="notice" role="status">${texts.notice[name as keyof typeof texts.notice]}</p>`;
}
