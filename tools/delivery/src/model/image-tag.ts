const reference = /^[^\s:@]+(:\d+\/[^\s:@]+)?(:(?<tag>[A-Za-z0-9_][\w.-]{0,127}))?(?<digest>@sha256:[0-9a-f]{64})?$/;
/** Tags that are another image tomorrow. */
export const movingTags: ReadonlySet<string> = new Set([
  'latest',
  'stable',
  'main',
  'master',
  'edge',
  'nightly',
  'dev',
]);
/** `18`, `v1.4` and `3.2-alpine3.22`: every release of the line moves them. `4.1-p2` names a patch. */
const lineOfVersions = /^v?\d+(\.\d+)?(-(?!p\d)[A-Za-z][\w.]*)*$/;

/** What is wrong with the tag of an image reference: nothing, or why it does not name one image. */
export type TagFault = 'none' | 'unreadable' | 'no-tag' | 'no-version' | 'line';

/**
 * Whether a reference names one image for good. A digest does, whatever the tag is; a tag does with a whole version
 * (three numbers or more), a date or a commit, and does not where releases move it.
 */
export function faultOfTag(image: string): TagFault {
  const groups = reference.exec(image)?.groups;
  if (groups === undefined) return 'unreadable';
  const { tag, digest } = groups;
  if (digest !== undefined) return 'none';
  if (tag === undefined) return 'no-tag';
  if (movingTags.has(tag) || !/\d/.test(tag)) return 'no-version';
  return isLine(tag) ? 'line' : 'none';
}

/** A build number or a commit made of digits alone is as long as neither a major nor a minor version is. */
function isLine(tag: string): boolean {
  return lineOfVersions.test(tag) && !/^\d{7,}$/.test(tag);
}
