import type { ServiceManifest } from '@plinth/contracts';
import { escapeHtml, renderPage } from './html.ts';

/** A service as the directory lists it. */
export interface DirectoryEntry {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly host: string;
  readonly port: number;
  readonly routes: readonly { readonly path: string; readonly rateLimit: number }[];
  readonly health: 'up' | 'down';
  readonly version: string;
  readonly docs: string;
}

/** The directory's entry of a service that is reached at `url`. */
export function toDirectoryEntry(
  manifest: ServiceManifest,
  url: URL,
  health: 'up' | 'down',
  version: string,
): DirectoryEntry {
  return {
    name: manifest.name,
    title: manifest.title,
    description: manifest.description,
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    routes: [
      ...manifest.routes.map((route) => ({
        path: `/api/v1${route.path}`,
        rateLimit: route.rateLimit ?? manifest.rateLimit,
      })),
      ...(manifest.pages ?? []).map((path) => ({ path, rateLimit: manifest.rateLimit })),
    ],
    health,
    version,
    docs: `/api/docs#${manifest.name}`,
  };
}

/** The service directory as a page. */
export function renderServiceDirectory(entries: readonly DirectoryEntry[]): string {
  const rows = entries.map(
    (entry) => `<tr>
<td><a href="${escapeHtml(entry.docs)}">${escapeHtml(entry.title)}</a><br><span class="quiet">${escapeHtml(entry.description)}</span></td>
<td>${entry.routes.map((route) => `<code>${escapeHtml(route.path)}</code>`).join('<br>')}</td>
<td>${entry.routes.map((route) => route.rateLimit).join('<br>')}</td>
<td><code>${escapeHtml(entry.host)}:${entry.port}</code></td>
<td><span class="${entry.health}">${entry.health}</span></td>
</tr>`,
  );
  return renderPage(
    'Services',
    `<h1>Services</h1><p class="lead">Everything that answers behind this address. Limits are requests a minute and caller.</p>
<div class="scroll"><table><thead><tr><th scope="col">Service</th><th scope="col">Routes</th><th scope="col">Limit</th><th scope="col">Runs at</th><th scope="col">Health</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`,
  );
}
