import { argocdNamespace } from './application.ts';

/**
 * Argo CD dropped the health of Application resources in 1.8: without it an app of apps counts as healthy as soon as
 * its children exist, and the waves wait for nothing. The script is the one of Argo CD's own documentation.
 */
const applicationHealth = `hs = {}
hs.status = "Progressing"
hs.message = ""
if obj.status ~= nil then
  if obj.status.health ~= nil then
    hs.status = obj.status.health.status
    if obj.status.health.message ~= nil then
      hs.message = obj.status.health.message
    end
  end
end
return hs
`;

/**
 * The keys of `argocd-cm` that the platform needs. Applied on the server side, which leaves all other keys alone, and
 * never deleted: it is Argo CD's own object.
 */
export function buildSettings(): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: argocdNamespace,
      labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
      annotations: {
        'argocd.argoproj.io/sync-wave': '-10',
        'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false',
      },
    },
    data: {
      'resource.customizations.health.argoproj.io_Application': applicationHealth,
    },
  };
}
