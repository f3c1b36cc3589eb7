import type { Principal } from '@plinth/contracts';
import { ImpersonationRefusedError, UnauthenticatedError } from '@plinth/common';
import type { LiveSession } from '../session/session.store.ts';
import type { Visit } from './visit.ts';

/** Whose account it is. Throws for a browser without a complete sign-in, which is then asked for one. */
export function viewerOf({ session, caller }: Visit): { readonly session: LiveSession; readonly caller: Principal } {
  if (session === undefined || caller === undefined) throw new UnauthenticatedError();
  return { session, caller };
}

/** Who changes their own account: nobody who acts for somebody else. */
export function ownCaller(visit: Visit): Principal {
  const { caller } = viewerOf(visit);
  if (caller.actor !== undefined) throw new ImpersonationRefusedError();
  return caller;
}
