import type { Artifact } from '../artifact.ts';
import { renderYaml } from '../yaml.ts';
import { askedAddresses, listRoutes, VERIFIER, type GatewayModel } from './gateway-model.ts';
import { toTraefikMiddlewares } from './traefik-middlewares.ts';
import { toTraefikRouters, traefikHealthCheck, traefikRules } from './traefik-routers.ts';

/**
 * The same routes as labels, a layer over the Compose files for a Traefik that reads Docker's. Middlewares are labels
 * of the container of whoever is asked about requests. Transports cannot be labels: they stay in the dynamic file.
 */
export function renderTraefikLabels(model: GatewayModel): Artifact[] {
  const { routers } = toTraefikRouters(model);
  const labels = new Map<string, Record<string, string>>();
  const add = (workload: string, entries: Record<string, string>): void => {
    labels.set(workload, { ...(labels.get(workload) ?? { 'traefik.enable': 'true' }), ...entries });
  };
  for (const route of listRoutes(model)) {
    add(route.workload, {
      ...Object.assign(
        {},
        ...traefikRules(route).map(({ name }) => flatten(`traefik.http.routers.${name}`, routers[name])),
      ),
      ...flatten(`traefik.http.services.${route.name}.loadbalancer`, {
        server: { port: route.port },
        passHostHeader: true,
        serversTransport: `${route.critical ? 'critical' : 'usual'}@file`,
        healthCheck: traefikHealthCheck(route),
      }),
    });
  }
  const asked = model.signIn?.workload ?? VERIFIER;
  add(asked, flatten('traefik.http.middlewares', toTraefikMiddlewares(model, askedAddresses(model))));
  const sorted = [...labels].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const layer = { services: Object.fromEntries(sorted.map(([name, entries]) => [name, { labels: entries }])) };
  return [{ path: 'compose/traefik-labels.yml', content: renderYaml(layer) }];
}

/** Nested values as Traefik's labels: keys joined by dots, lists of scalars by commas; `$` is doubled for Compose. */
function flatten(prefix: string, value: unknown): Record<string, string> {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return {};
  if (Array.isArray(value)) return { [prefix]: escapeDollar(value.join(',')) };
  if (typeof value !== 'object' || value === null) return { [prefix]: escapeDollar(String(value)) };
  const entries = Object.entries(value);
  if (entries.length === 0) return { [prefix]: 'true' };
  return Object.fromEntries(entries.flatMap(([key, inner]) => Object.entries(flatten(`${prefix}.${key}`, inner))));
}

function escapeDollar(text: string): string {
  return text.replaceAll('$', '$$$$');
}
