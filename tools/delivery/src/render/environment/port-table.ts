import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { code, renderMarkdown, renderTable } from './markdown-table.ts';

/** Every port: in the container, on the host where it is published, and the addresses at the edge that lead to it. */
export function renderPortTable(platform: ResolvedPlatform): string {
  const rows = platform.workloads.flatMap((workload) =>
    workload.ports.map(({ name, port, protocol }) => [
      code(workload.name),
      String(port),
      name,
      protocol,
      publishedAt(workload, port),
      addressesOf(platform, workload, port),
    ]),
  );
  return renderMarkdown(`Ports of ${platform.title} in ${platform.environment}`, [
    'A port without an address is reached by other workloads only, as `<workload>:<port>`.',
    renderTable(['Workload', 'Port', 'Name', 'Protocol', 'On the host', 'At the edge'], rows),
  ]);
}

function publishedAt({ published }: Workload, port: number): string {
  return published
    .filter((entry) => entry.port === port)
    .map(({ address, hostPort }) => code(`${address}:${hostPort}`))
    .join(', ');
}

function addressesOf({ routes, scheme }: ResolvedPlatform, { name }: Workload, port: number): string {
  return routes
    .filter((route) => route.workload === name && route.port === port)
    .map(({ host, path }) => code(`${scheme}://${host}${path}`))
    .join(', ');
}
