import type { Principal } from '@plinth/contracts';
import type { Browser } from '@plinth/common';
import type { Locale } from '../mail/locale.ts';
import type { LiveSession } from '../session/session.store.ts';
import type { Html } from './html.ts';
import type { Texts } from './texts.ts';

/** Somebody who looks at a page or sends a form. */
export interface Visit {
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Empty unless a form was sent. */
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly browser: Browser;
  /** Also one that waits for its second factor. */
  readonly session: LiveSession | undefined;
  /** Who the session stands for; undefined before its second factor. */
  readonly caller: Principal | undefined;
  readonly locale: Locale;
  readonly texts: Texts;
  /** What the operator calls the platform. */
  readonly productName: string;
  /** Goes into every form. */
  readonly formToken: string;
}

/** A page to show. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** 200 when absent. */
  readonly status?: number;
  /** Sections below each other instead of one small form. */
  readonly wide?: boolean;
  /** Whether it talks to passkeys, which only scripts can. */
  readonly script?: boolean;
  /** Where the browser goes by itself: a path that `isSafeReturnPath` has let through, or an address of a provider. */
  readonly refresh?: string;
}

/** Where the browser goes instead: a path of ours, or one that `isSafeReturnPath` has let through. */
export interface Redirect {
  readonly location: string;
}

export type Answer = Page | Redirect;
export type PageHandler = (visit: Visit) => Promise<Answer>;

/** What happens at one path. */
export interface PageRoute {
  readonly path: `/${string}`;
  readonly get?: PageHandler;
  readonly post?: PageHandler;
}
