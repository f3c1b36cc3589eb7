import type { Mapping } from '../identity-provider/provider-settings.ts';
import type { Claims } from './openid-upstream.ts';

/** A claim that is a text with something in it. */
export function textOf(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The person's name from the standard claims of OpenID Connect, or from those that the mapping names. */
export function nameOf(claims: Claims, mapping: Mapping = {}): string | undefined {
  const whole = textOf(claims, mapping.name ?? 'name');
  if (whole !== undefined) return whole;
  const parts = [
    textOf(claims, mapping.firstName ?? 'given_name'),
    textOf(claims, mapping.lastName ?? 'family_name'),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** Whether one of the values that stand for two factors is among the methods (amr, RFC 8176) or is the level (acr). */
export function usedTwoFactors(claims: Claims, values: readonly string[]): boolean {
  const methods = Array.isArray(claims['amr']) ? (claims['amr'] as unknown[]) : [];
  return [...methods, claims['acr']].some((value) => typeof value === 'string' && values.includes(value));
}
