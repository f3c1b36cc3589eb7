import { sortArtifacts, type Artifact } from '../artifact.ts';
import type { Render, RenderInput } from '../renderer.ts';
import { renderCaddy } from './caddyfile.ts';
import { toGatewayModel, type GatewayOptions } from './gateway-model.ts';
import { renderKong } from './kong.ts';
import { buildKongResources } from './kong-kubernetes.ts';
import { renderNginx } from './nginx-conf.ts';
import { renderResourceFiles } from './resource-file.ts';
import { renderTraefik } from './traefik.ts';
import { buildTraefikResources } from './traefik-kubernetes.ts';
import { renderTraefikLabels } from './traefik-labels.ts';

/** The route table in the language of the gateways that the platform has: its edge, and others of its infrastructure. */
export const renderGateway: Render = (input) => {
  const { platform } = input;
  const kinds = new Set([platform.edge, ...platform.components.map(({ entry }) => entry.name)]);
  const cluster = ['helm', 'kustomize'].some((target) => platform.targets.some((named) => named === target));
  const isUsed = (path: string): boolean => {
    const [folder = '', kind = ''] = path.split('/');
    if (folder === 'kubernetes') return cluster && kinds.has(kind);
    if (folder === 'compose') return platform.edge === 'traefik' && platform.targets.includes('compose');
    return kinds.has(folder);
  };
  return renderGatewayWith(input, {}).filter(({ path }) => isUsed(path));
};

/** In the language of every gateway, with addresses, ports and folders of somebody's own. */
export function renderGatewayWith(input: RenderInput, options: GatewayOptions): Artifact[] {
  const edge = toGatewayModel(input.platform, options);
  if (edge.hosts.length === 0) return [];
  const inner = toGatewayModel(input.platform, { ...options, direct: true });
  return sortArtifacts([
    ...renderTraefik(edge),
    ...renderResourceFiles(buildTraefikResources(edge)),
    ...renderTraefikLabels(edge),
    ...renderCaddy(edge),
    ...renderNginx(edge),
    ...renderKong(inner),
    ...renderResourceFiles(buildKongResources(inner)),
  ]);
}

export type { GatewayOptions } from './gateway-model.ts';
export type { RenderInput } from '../renderer.ts';
