import type { VariableDefinition } from '@plinth/contracts';
import type { PlatformDescription } from '../platform-description.ts';
import type { Check, Fault } from './check.ts';
import { applicationsWithPaths } from './check.ts';

const secretName = /(^|_)(PASSWORD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS|(API|SECRET|ACCESS|PRIVATE|ENCRYPTION)_KEY)$/;
const addressWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

/** A password in a variable is in the repository, in every rendered file, and in what `docker inspect` shows. */
export const checkPlainSecrets: Check = ({ description }) =>
  applicationsWithPaths(description).flatMap(({ application, path }) =>
    (application.variables ?? [])
      .filter(({ secret }) => secret !== true)
      .flatMap((definition): Fault[] => {
        const { name } = definition;
        const holds = valuesOf(description, application.name, definition).some((value) =>
          addressWithPassword.test(value),
        );
        if (!secretName.test(name) && !holds) return [];
        return [
          {
            rule: 'plain-secret',
            path: [...path, 'variables', name],
            message: holds
              ? `${name} of ${application.name} is an address with a password in it`
              : `${name} of ${application.name} is a secret by its name, and its value would be written in plain`,
            fix: `Add secret: true, and secrets: { '${application.name}.${name}': { provided: 'where to get it' } }; the application reads the file that ${name}_FILE names.`,
          },
        ];
      }),
  );

function valuesOf(description: PlatformDescription, application: string, definition: VariableDefinition): string[] {
  const given = [description, ...Object.values(description.environments)];
  const values = given.map(({ variables }) => variables?.[application]?.[definition.name]);
  return [...values, definition.default, ...Object.values(definition.environments ?? {})].filter(
    (value) => value !== undefined,
  );
}
