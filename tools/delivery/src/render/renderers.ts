import { renderArgocd } from './argocd/render-argocd.ts';
import { renderCi } from './ci/ci.ts';
import { renderCompose } from './compose/compose.ts';
import { renderEnvironment } from './environment/environment.ts';
import { renderFlux } from './flux/render-flux.ts';
import { renderGateway } from './gateway/gateway.ts';
import { renderHelm } from './helm/render-helm.ts';
import { renderImages } from './image/images.ts';
import { renderKustomize } from './kustomize/render-kustomize.ts';
import { renderObservability } from './observability/observability.ts';
import { renderRealm } from './realm/realm.ts';
import type { Renderer } from './renderer.ts';

/** Every target that can be rendered, in the order in which `plinth render --all` renders them. */
export const renderers: readonly Renderer[] = [
  { target: 'images', scope: 'platform', render: renderImages },
  { target: 'compose', scope: 'environment', render: renderCompose },
  { target: 'helm', scope: 'platform', render: renderHelm },
  { target: 'kustomize', scope: 'platform', render: renderKustomize },
  { target: 'argocd', scope: 'platform', render: renderArgocd },
  { target: 'flux', scope: 'platform', render: renderFlux },
  { target: 'gateway', scope: 'environment', render: renderGateway },
  { target: 'realm', scope: 'environment', render: renderRealm },
  { target: 'observability', scope: 'environment', render: renderObservability },
  { target: 'ci', scope: 'platform', render: renderCi },
  { target: 'env', scope: 'environment', render: renderEnvironment },
];
