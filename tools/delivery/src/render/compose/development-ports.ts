import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';

const stores = ['database', 'cache', 'broker'];

/**
 * Ports of stores that the dev layer opens on this machine's own address, in the environment `development` alone. An
 * internal network publishes nothing, so such a store joins the front network as well.
 */
export function developmentPorts(platform: ResolvedPlatform): Record<string, unknown> {
  if (platform.environment !== 'development') return {};
  const taken = new Set(platform.workloads.flatMap(({ published }) => published.map(({ hostPort }) => hostPort)));
  const additions: Record<string, unknown> = {};
  for (const workload of storeWorkloads(platform)) {
    const port = workload.ports[0]?.port;
    if (port === undefined || workload.published.length > 0 || taken.has(port)) continue;
    taken.add(port);
    additions[workload.name] = {
      networks: ['front'],
      ports: [{ target: port, published: String(port), host_ip: '127.0.0.1', protocol: 'tcp' }],
    };
  }
  return additions;
}

/** The first member of each store: what a tool on the machine connects to. */
function storeWorkloads({ components, workloads }: ResolvedPlatform): Workload[] {
  return components
    .filter(({ entry }) => entry.provides.some((kind) => stores.includes(kind)))
    .flatMap(({ name }) => {
      const own = workloads.filter(
        ({ component, layer, runsOnce }) => component === name && layer === 'base' && !runsOnce,
      );
      return own.slice(0, 1);
    });
}
