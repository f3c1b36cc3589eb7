import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** An image as values and Kustomize have it. */
export interface ImageReference {
  readonly repository: string;
  readonly tag: string;
}

/** Splits `registry:5000/team/iam:1.2.3`; a digest counts as part of the tag's side. */
export function parseImage(image: string): ImageReference {
  const at = image.indexOf('@');
  if (at >= 0) return { repository: image.slice(0, at), tag: image.slice(at + 1) };
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/')
    ? { repository: image.slice(0, colon), tag: image.slice(colon + 1) }
    : { repository: image, tag: '' };
}

/** `repository:tag`, or `repository@digest`. */
export function formatImage({ repository, tag }: ImageReference): string {
  return tag === '' ? repository : tag.includes(':') ? `${repository}@${tag}` : `${repository}:${tag}`;
}

/** The images that the platform builds, sorted: those whose tags change with each delivery. */
export function builtImages(platform: ResolvedPlatform): ImageReference[] {
  const images = deployedWorkloads(platform)
    .filter(({ image, build }) => build !== undefined || image.startsWith(`${platform.registry}/`))
    .map(({ image }) => parseImage(image));
  const unique = new Map(images.map((image) => [image.repository, image]));
  return [...unique.values()].toSorted((left, right) => (left.repository < right.repository ? -1 : 1));
}

/** A field of a custom resource that holds one of the images, as Kustomize's transformers name fields. */
export interface ImageField {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `spec/frontend/image`, with `[]` behind a list's name. */
  readonly path: string;
}

/** Where custom resources hold images that the platform builds: Kustomize knows the fields of native kinds only. */
export function findImageFields(objects: readonly KubernetesObject[], images: readonly ImageReference[]): ImageField[] {
  const repositories = new Set(images.map(({ repository }) => repository));
  const fields = objects.filter(isCustom).flatMap((object) => {
    const [group = '', version = ''] = object.apiVersion.split('/');
    return findPaths(object, '', repositories).map((path) => ({ group, version, kind: object.kind, path }));
  });
  const unique = new Map(fields.map((field) => [`${field.kind}.${field.version}.${field.group}/${field.path}`, field]));
  return [...unique.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, field]) => field);
}

/** Groups of Kubernetes itself have no dot or end in `k8s.io`. */
function isCustom({ apiVersion }: KubernetesObject): boolean {
  const group = apiVersion.split('/').length === 2 ? (apiVersion.split('/')[0] ?? '') : '';
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function findPaths(value: unknown, path: string, repositories: ReadonlySet<string>): string[] {
  if (typeof value === 'string') return repositories.has(parseImage(value).repository) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item) => findPaths(item, `${path}[]`, repositories));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    findPaths(item, path === '' ? key : `${path}/${key}`, repositories),
  );
}
