import { issuerPath } from '../core.ts';
import { isSafeReturnPath } from '../openid/return-path.ts';
import type { Redirect, Visit } from './visit.ts';

/** Where somebody goes who came from nowhere. */
export const ownAccount = '/security';

/** Where somebody wants to go after a page; undefined when they say nothing, or a place that is not ours. */
export function readReturnTo({ form, query }: Pick<Visit, 'form' | 'query'>): string | undefined {
  const path = form.get('return_to') ?? query.get('return_to');
  return path !== null && isSafeReturnPath(path) ? path : undefined;
}

/**
 * The way to a return path. What the provider does next may lead to an application's own address, which a form's
 * redirects may not reach (`form-action`): the browser goes there from a page, not from the form.
 */
export function goTo(returnTo: string | undefined): Redirect {
  if (returnTo === undefined) return { location: ownAccount };
  return { location: returnTo.startsWith(`${issuerPath}/`) ? withReturnTo('/sign-in/continue', returnTo) : returnTo };
}

/** A path of ours with the return path in its query. */
export function withReturnTo(
  path: `/${string}`,
  returnTo: string | undefined,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...parameters, ...(returnTo === undefined ? {} : { return_to: returnTo }) });
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
