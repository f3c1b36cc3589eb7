import type { Check, Fault } from './check.ts';

/** Keys whose value in an environment stands for the same key of the platform. */
const overridden = [
  'domain',
  'version',
  'variables',
  'resources',
  'replicas',
  'corsOrigins',
  'node',
  'tls',
  'notify',
] as const;

/** A value in two places: one is changed one day, and the other is forgotten. */
export const checkRepeatedValues: Check = ({ description }) =>
  Object.entries(description.environments).flatMap(([environment, override]) => [
    ...overridden.flatMap((key) => compare(override[key], description[key], ['environments', environment, key])),
    ...compare(override.redirectUris, description.identity?.redirectUris, [
      'environments',
      environment,
      'redirectUris',
    ]),
    ...Object.entries(override.infrastructure ?? {}).flatMap(([name, settings]) =>
      compare(settings, description.infrastructure?.find((use) => use.name === name)?.settings, [
        'environments',
        environment,
        'infrastructure',
        name,
      ]),
    ),
  ]);

function compare(own: unknown, base: unknown, path: readonly string[]): Fault[] {
  if (own === undefined || base === undefined) return [];
  if (isRecord(own) && isRecord(base))
    return Object.entries(own).flatMap(([key, value]) => compare(value, base[key], [...path, key]));
  if (JSON.stringify(own) !== JSON.stringify(base)) return [];
  return [
    {
      rule: 'repeated-value',
      path,
      message: `${JSON.stringify(own)} is what all environments have already`,
      fix: 'Remove it: an environment says only what differs.',
    },
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
