import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { workloadLabels } from './labels.ts';
import { buildPodTemplate } from './pod-template.ts';

/** When a Job runs: migrations before the services, the setting up of a component along with it. */
export type Hook = 'none' | 'before' | 'along';

/** The hook of a workload. */
export function hookOf(workload: Workload): Hook {
  if (!workload.runsOnce) return 'none';
  return workload.kind === 'component' ? 'along' : 'before';
}

/**
 * Annotations for Argo CD and Flux. A Job cannot be changed: both replace it, so that a new image runs again. What a
 * Job of the first phase reads is part of that phase (`isSupport`), or it would not be there yet.
 */
export function hookAnnotations(workload: Workload, isSupport: boolean): Record<string, string> | undefined {
  const hook = hookOf(workload);
  if (hook === 'none' || (isSupport && hook === 'along')) return undefined;
  return {
    'argocd.argoproj.io/hook': hook === 'before' ? 'PreSync' : 'Sync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': hook === 'along' ? '0' : isSupport ? '-2' : '-1',
    ...(isSupport ? {} : { 'kustomize.toolkit.fluxcd.io/force': 'enabled' }),
  };
}

/** A Job that runs to its end once per deployment. */
export function buildJob(platform: ResolvedPlatform, workload: Workload): KubernetesObject {
  const annotations = hookAnnotations(workload, false);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: workload.name,
      labels: workloadLabels(platform, workload),
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: 1800,
      template: buildPodTemplate(platform, workload),
    },
  };
}
