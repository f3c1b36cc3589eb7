import { sortArtifacts, type Artifact } from '../artifact.ts';
import type { Render, RenderInput } from '../renderer.ts';
import { renderCaddy } from './caddyfile.ts';
import { toGatewayModel, type GatewayOptions } from './gateway-model.ts';
import { renderKong } from './kong.ts';
import { renderKongKubernetes } from './kong-kubernetes.ts';
import { renderNginx } from './nginx-conf.ts';
import { renderTraefik } from './traefik.ts';
import { renderTraefikKubernetes } from './traefik-kubernetes.ts';
import { renderTraefikLabels } from './traefik-labels.ts';

/** The route table in the language of every gateway, whichever the platform uses. */
export const renderGateway: Render = (input) => renderGatewayWith(input, {});

/** The same with addresses, ports and folders of somebody's own. */
export function renderGatewayWith(input: RenderInput, options: GatewayOptions): Artifact[] {
  const model = toGatewayModel(input.platform, options);
  if (model.hosts.length === 0) return [];
  return sortArtifacts([
    ...renderTraefik(model),
    ...renderTraefikKubernetes(model),
    ...renderTraefikLabels(model),
    ...renderCaddy(model),
    ...renderNginx(model),
    ...renderKong(model),
    ...renderKongKubernetes(model),
  ]);
}

export type { GatewayOptions } from './gateway-model.ts';
export type { RenderInput } from '../renderer.ts';
