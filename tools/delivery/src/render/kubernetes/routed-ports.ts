import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { VERIFIER } from '../gateway/gateway-model.ts';

/** Ports at which the ingress controller must reach a workload: those of its routes, and of the questions it asks. */
export function routedPorts(platform: ResolvedPlatform, workload: Workload): number[] {
  const routed = platform.routes.filter((route) => route.workload === workload.name).map(({ port }) => port);
  const verifies = workload.name === VERIFIER && platform.routes.length > 0;
  const own = verifies ? workload.ports.map(({ port }) => port) : [];
  return [...new Set([...routed, ...own])].toSorted((left, right) => left - right);
}
