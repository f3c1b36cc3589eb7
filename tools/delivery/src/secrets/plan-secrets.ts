import type { SecretDefinition } from '../model/platform-model.ts';
import { secretsIn } from '../description/resolve-platform.ts';

/** What happens to each secret when the files of an environment are made. */
export interface SecretPlan {
  /** Written with a new random value. */
  readonly generate: readonly string[];
  /** Written from others. */
  readonly derive: readonly { readonly name: string; readonly template: string }[];
  /** Left as they are. */
  readonly keep: readonly string[];
  /** Somebody must write them. */
  readonly ask: readonly { readonly name: string; readonly doc: string }[];
}

/** Decides by what is there already: a value that exists is never replaced, except derived ones whose parts changed. */
export function planSecrets(secrets: readonly SecretDefinition[], present: ReadonlySet<string>): SecretPlan {
  const missing = secrets.filter(({ name }) => !present.has(name));
  return {
    generate: missing.filter(({ source }) => source === 'generated').map(({ name }) => name),
    ask: missing.filter(({ source }) => source === 'provided').map(({ name, doc }) => ({ name, doc })),
    derive: secrets.filter(({ source }) => source === 'derived').map(({ name, template = '' }) => ({ name, template })),
    keep: secrets.filter(({ name, source }) => source !== 'derived' && present.has(name)).map(({ name }) => name),
  };
}

/** Puts a secret together; the values are percent-encoded, since templates are addresses. */
export function deriveSecret(template: string, values: ReadonlyMap<string, string>): string | undefined {
  if (secretsIn(template).some((name) => !values.has(name))) return undefined;
  return template.replaceAll(/\$\{([a-z0-9-]+)\}/g, (_match, name: string) =>
    encodeURIComponent(values.get(name) ?? ''),
  );
}
