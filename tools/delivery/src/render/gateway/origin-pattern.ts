import { OriginWildcardError } from './gateway.errors.ts';

/** Origins of browsers: exact ones, and regular expressions for patterns in which `*` is a part of a label or a port. */
export interface OriginRules {
  readonly exact: readonly string[];
  readonly expressions: readonly string[];
}

/**
 * Splits a platform's origins. Throws `OriginWildcardError` for `*` alone, and in production for any pattern: all
 * origins that are let in may send credentials.
 */
export function resolveOrigins(origins: readonly string[], environment: string): OriginRules {
  for (const origin of origins) {
    if (/^(\w+:\/\/)?\*$/.test(origin) || (environment === 'production' && origin.includes('*')))
      throw new OriginWildcardError(origin, environment);
  }
  return {
    exact: origins.filter((origin) => !origin.includes('*')).toSorted(),
    expressions: origins
      .filter((origin) => origin.includes('*'))
      .toSorted()
      .map((origin) => `^${origin.split('*').map(escapeExpression).join('[A-Za-z0-9-]+')}$`),
  };
}

/** Text as a regular expression that matches it and nothing else; `-` and `/` need no escape in any of the dialects. */
export function escapeExpression(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** All origins as one regular expression; undefined when there are none. */
export function originExpression({ exact, expressions }: OriginRules): string | undefined {
  const all = [...exact.map((origin) => `^${escapeExpression(origin)}$`), ...expressions];
  return all.length === 0 ? undefined : all.join('|');
}
