import { DomainError } from '@plinth/common';
import { statusOfKind } from '@plinth/contracts';
import { emailSchema, passwordSchema } from '../authentication/authentication.dto.ts';
import type { FormState } from './form.ts';
import { fillIn, type Texts } from './texts.ts';
import { formatWait } from './time-text.ts';
import type { Answer, Visit } from './visit.ts';

/** Something wrong with a form, in the reader's language. */
export interface FieldFault {
  /** Id of the field; undefined: the whole form. */
  readonly field: string | undefined;
  readonly text: string;
}

/** A form whose fields were not filled in as they should. */
export class FormFaults extends Error {
  readonly faults: readonly FieldFault[];
  constructor(faults: readonly FieldFault[]) {
    super('A form was not filled in.');
    this.faults = faults;
  }
}

/** What is wrong with a value; undefined when it is good. */
export type FieldRule = (value: string, texts: Texts) => string | undefined;

/** As the operations say it to programs. */
const passwordLength = { least: passwordSchema.minLength!, most: passwordSchema.maxLength! };
const longestName = 200;

export const emailRule: FieldRule = (value, { problem }) => {
  if (value === '') return problem.emailMissing;
  return emailSchema.safeParse(value).success ? undefined : problem.emailInvalid;
};

export const nameRule: FieldRule = (value, { problem }) => {
  if (value === '') return problem.nameMissing;
  return value.length > longestName ? fillIn(problem.nameLong, { most: String(longestName) }) : undefined;
};

/** A name for a device or a passkey. */
export const labelRule: FieldRule = (value, { problem }) => {
  if (value === '') return problem.nameMissing;
  return value.length > 100 ? fillIn(problem.nameLong, { most: '100' }) : undefined;
};

export const passwordRule: FieldRule = (value, { problem }) => {
  if (value === '') return problem.passwordMissing;
  return value.length > passwordLength.most ? problem.passwordWrong : undefined;
};

export const newPasswordRule: FieldRule = (value, { problem }) => {
  const { least, most } = passwordLength;
  if (value.length < least) return fillIn(problem.passwordShort, { least: String(least) });
  return value.length > most ? fillIn(problem.passwordLong, { most: String(most) }) : undefined;
};

export const codeRule: FieldRule = (value, { problem }) => {
  if (value === '') return problem.codeMissing;
  return /^\d{6}$/.test(value) ? undefined : problem.codeFormat;
};

export const recoveryCodeRule: FieldRule = (value, { problem }) =>
  value === '' || value.length > 40 ? problem.recoveryCodeMissing : undefined;

/** The values of a form, checked. Throws `FormFaults` with everything that is wrong. */
export function readForm<Name extends string>(
  { form, texts }: Pick<Visit, 'form' | 'texts'>,
  rules: Readonly<Record<Name, FieldRule>>,
): Record<Name, string> {
  const values: Record<string, string> = {};
  const faults: FieldFault[] = [];
  for (const [name, rule] of Object.entries<FieldRule>(rules)) {
    const value = form.get(name) ?? '';
    // Passwords are what somebody typed; around everything else spaces come from copying.
    values[name] = name.includes('password') ? value : value.trim();
    // Mails and apps write codes in groups.
    if (name === 'code') values[name] = value.replaceAll(/[\s-]/g, '');
    const text = rule(values[name], texts);
    if (text !== undefined) faults.push({ field: name, text });
  }
  if (faults.length > 0) throw new FormFaults(faults);
  return values as Record<Name, string>;
}

/** Where the code of an error, or a path within it, shows up on a form: its field, if it has one, and its text. */
export type FaultPlaces = Readonly<Record<string, readonly [field: string | undefined, text: keyof Texts['problem']]>>;

const everywhere: FaultPlaces = {
  'authentication.invalid_credentials': [undefined, 'credentials'],
  'authentication.code_invalid': ['code', 'codeWrong'],
  'authentication.token_invalid': [undefined, 'linkInvalid'],
  'authentication.email_taken': ['email', 'emailTaken'],
  'authentication.password_breached': ['password', 'passwordCommon'],
  'request.invalid /password': ['password', 'passwordPersonal'],
  'auth.impersonation_refused': [undefined, 'supportRefused'],
  'passkey.refused': [undefined, 'passkeyRefused'],
  'passkey.too_many': [undefined, 'passkeyTooMany'],
};

/**
 * Does what a form asks for; when its sender can put right what fails, shows the form again with what is wrong.
 * `places`: where this form shows errors that are its own.
 */
export async function submit(
  visit: Visit,
  show: (state: FormState) => Answer | Promise<Answer>,
  work: () => Promise<Answer>,
  places: FaultPlaces = {},
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FormFaults) return show({ faults: error.faults, status: 422 });
    const fault = error instanceof DomainError ? explain(error, visit, { ...everywhere, ...places }) : undefined;
    if (fault === undefined) throw error;
    return show({ faults: [fault], status: statusOfKind[(error as DomainError).kind] });
  }
}

function explain(
  error: DomainError,
  { texts, locale, productName }: Visit,
  places: FaultPlaces,
): FieldFault | undefined {
  if (error.kind === 'rate_limited') {
    const wait = formatWait(error.retryAfterSeconds ?? 1, locale);
    return { field: undefined, text: fillIn(texts.problem.throttled, { wait }) };
  }
  const place = places[`${error.code} ${error.faults?.[0]?.path}`] ?? places[error.code];
  if (place === undefined) return undefined;
  return { field: place[0], text: fillIn(texts.problem[place[1]], { product: productName }) };
}
