import type { KubernetesForm } from '../../catalogue/catalogue-entry.ts';
import type { ResolvedComponent } from '../../model/platform-model.ts';

/** A resource as the API server takes it. The namespace is left to whatever applies it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Parts that are applied one after the other: what all share, what services need, their migrations, the services, and
 * the way in from outside.
 */
export const stages = ['foundation', 'infrastructure', 'migrations', 'services', 'gateway'] as const;

export type Stage = (typeof stages)[number];

/** An object with the part that it belongs to and the file in which it is written. */
export interface PlacedObject {
  readonly stage: Stage;
  /** Name of the workload or component that it belongs to. */
  readonly owner: string;
  readonly object: KubernetesObject;
}

/** What tells objects of one namespace apart. */
export function objectKey({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion}/${kind}/${metadata.name}`;
}

/** The entry's form with its placeholders filled by the resolver. */
export function kubernetesFormOf(component: ResolvedComponent): KubernetesForm {
  const form = component.entry.kubernetes;
  const filled = component.kubernetes;
  if (form.form === 'workloads' || filled === undefined) return form;
  return form.form === 'operator'
    ? { ...form, resources: filled as typeof form.resources }
    : { ...form, values: filled as typeof form.values };
}

/** Leaves out entries that are undefined, so that objects compare as they are written. */
export function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Value;
}
