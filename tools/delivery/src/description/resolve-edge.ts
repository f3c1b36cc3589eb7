import type { Workload } from '../model/platform-model.ts';

/** The edge opens when the gateway, and with it every core service, is ready: before, it has nothing to pass on to. */
export function behindGateway(edge: Workload, core: readonly Workload[]): Workload {
  const gateway = core.find(({ name }) => name === 'gateway');
  if (gateway === undefined) return edge;
  const dependsOn = [...edge.dependsOn, { workload: gateway.name, condition: 'healthy' as const }];
  return { ...edge, dependsOn, calls: [...new Set([...edge.calls, gateway.name])].toSorted() };
}

/**
 * On a developer's machine public hosts are names of the machine itself, and containers that call one, as the issuer of
 * tokens, are led to the edge: it listens at the port by which the world knows it.
 */
export function atPublicPort(edge: Workload, scheme: 'http' | 'https'): Workload {
  const http = edge.ports.find(({ name }) => name === 'http');
  const published = edge.published.find(({ port }) => port === http?.port);
  if (scheme === 'https' || http === undefined || published === undefined) return edge;
  const { hostPort } = published;
  return {
    ...edge,
    ports: edge.ports.map((port) => (port === http ? { ...http, port: hostPort } : port)),
    published: edge.published.map((port) => (port === published ? { ...published, port: hostPort } : port)),
  };
}
