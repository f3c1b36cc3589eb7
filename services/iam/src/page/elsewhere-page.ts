import { html } from './html.ts';
import type { PageRoute, Visit } from './visit.ts';

/** What the pages say where nobody signs in at the platform itself: every session is another provider's. */
export function elsewherePages(): PageRoute[] {
  const get = async ({ texts }: Visit) => ({
    title: texts.error.elsewhereTitle,
    status: 403,
    body: html`<div class="card">
      <h1>${texts.error.elsewhereTitle}</h1>
      <p>${texts.error.elsewhere}</p>
    </div>`,
  });
  const paths = ['/sign-in', '/sign-up', '/sign-out', '/security', '/device'] as const;
  return paths.map((path) => ({ path, get }));
}
