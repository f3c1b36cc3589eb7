import type { InputFault } from '@plinth/contracts';
import {
  InternalError,
  InvalidInputError,
  MalformedBodyError,
  UnauthenticatedError,
  type DomainError,
} from '@plinth/common';
import {
  EmailTakenError,
  InvalidCredentialsError,
  OriginNotTrustedError,
  SelfRegistrationOffError,
} from './authentication.errors.ts';

const errorOfCode: Readonly<Record<string, () => DomainError>> = {
  INVALID_EMAIL_OR_PASSWORD: () => new InvalidCredentialsError(),
  USER_ALREADY_EXISTS: () => new EmailTakenError(),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: () => new EmailTakenError(),
  INVALID_EMAIL: () => new InvalidInputError([{ path: '/email', message: 'must be an email address' }]),
  PASSWORD_TOO_SHORT: () => new InvalidInputError([{ path: '/password', message: 'must have at least 10 characters' }]),
  PASSWORD_TOO_LONG: () => new InvalidInputError([{ path: '/password', message: 'must have at most 256 characters' }]),
  INVALID_PASSWORD: () => new InvalidInputError([{ path: '/password', message: 'is not the right one' }]),
  INVALID_ORIGIN: () => new OriginNotTrustedError(),
  MISSING_OR_NULL_ORIGIN: () => new OriginNotTrustedError(),
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: () => new OriginNotTrustedError(),
  EMAIL_PASSWORD_SIGN_UP_DISABLED: () => new SelfRegistrationOffError(),
};

/** The platform's error behind a refusal of the identity provider's library. */
export function toProviderError(status: number, body: unknown): DomainError {
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : `The identity provider answered ${status}.`;
  if (code === 'VALIDATION_ERROR') return new InvalidInputError(toFaults(text));
  const known = typeof code === 'string' ? errorOfCode[code] : undefined;
  if (known !== undefined) return known();
  if (status === 401) return new UnauthenticatedError();
  return status < 500 ? new MalformedBodyError(text) : new InternalError(new Error(text));
}

// The library joins its findings as "[body.email] what is wrong; [body.name] …".
function toFaults(message: string): InputFault[] {
  return message.split('; ').map((part) => {
    const match = /^\[body(?:\.([^\]]+))?\] (.*)$/s.exec(part);
    return { path: match?.[1] === undefined ? '' : `/${match[1].replaceAll('.', '/')}`, message: match?.[2] ?? part };
  });
}
