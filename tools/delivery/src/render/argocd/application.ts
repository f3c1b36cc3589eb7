import type { ResolvedPlatform } from '../../model/platform-model.ts';

/** Where Argo CD itself, and every Application, is. */
export const argocdNamespace = 'argocd';

export interface ApplicationParts {
  readonly name: string;
  /** Order within the root application: the next wave waits until this one is healthy. */
  readonly wave: number;
  readonly namespace: string;
  readonly sources: readonly Record<string, unknown>[];
  /** What is no longer in the repository is deleted; never for what keeps data or definitions. */
  readonly prune: boolean;
  readonly createsNamespace?: boolean;
}

/** An Application that syncs itself, reverts changes by hand, and tries again for some minutes. */
export function buildApplication(platform: ResolvedPlatform, parts: ApplicationParts): Record<string, unknown> {
  const { name, wave, namespace, sources, prune } = parts;
  const [only] = sources;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': platform.name },
      annotations: { 'argocd.argoproj.io/sync-wave': String(wave) },
      // What an Application made goes with it, in the order of the waves; without prune it stays.
      ...(prune ? { finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'] } : {}),
    },
    spec: {
      project: platform.name,
      ...(sources.length === 1 ? { source: only } : { sources }),
      destination: { server: 'https://kubernetes.default.svc', namespace },
      revisionHistoryLimit: 10,
      syncPolicy: {
        automated: { prune, selfHeal: true },
        retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
        syncOptions: [
          `CreateNamespace=${String(parts.createsNamespace ?? false)}`,
          'ServerSideApply=true',
          'RespectIgnoreDifferences=true',
          // A definition may still be on its way when its first resource is compared.
          'SkipDryRunOnMissingResource=true',
        ],
      },
      ignoreDifferences,
    },
  };
}

/** Fields that others write: the autoscaler, and the certificate authorities of webhooks. */
const ignoreDifferences = [
  { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] },
  {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
  },
  {
    group: 'admissionregistration.k8s.io',
    kind: 'MutatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
  },
];
