import { faultOfTag, movingTags } from '../../model/image-tag.ts';
import type { Check, Fault } from './check.ts';
import { applicationsWithPaths, inEachEnvironment } from './check.ts';

/** Redirect addresses with wildcards hand sign-in codes to whoever finds a page to receive them. */
export const checkRedirects: Check = (input) => {
  const { description } = input;
  const given = [
    { list: description.identity?.redirectUris, path: ['identity', 'redirectUris'] },
    ...Object.entries(description.environments).map(([name, { redirectUris }]) => ({
      list: redirectUris,
      path: ['environments', name, 'redirectUris'],
    })),
  ];
  return given.flatMap(({ list = [], path }) =>
    list.flatMap((uri, index): Fault[] => {
      const at = [...path, String(index)];
      if (uri.includes('*'))
        return [
          {
            rule: 'wildcard-redirect',
            path: at,
            message: `"${uri}" allows redirects to addresses that nobody listed`,
            fix: 'List every redirect address in full.',
          },
        ];
      if (!URL.canParse(uri))
        return [
          { rule: 'redirect-invalid', path: at, message: `"${uri}" is no address`, fix: 'Write https://host/path.' },
        ];
      return [];
    }),
  );
};

/** Browsers send credentials, so an origin is never `*`; patterns are for development and staging. */
export const checkOrigins: Check = (input) =>
  inEachEnvironment(input, ({ environment, corsOrigins }) => {
    const own = input.description.environments[environment]?.corsOrigins !== undefined;
    const path = own ? ['environments', environment, 'corsOrigins'] : ['corsOrigins'];
    return corsOrigins.flatMap((origin, index) => {
      const bare = /^(\*|[a-z]+:\/\/\*)$/.test(origin);
      const pattern = origin.includes('*') && environment === 'production';
      if (!bare && !pattern) return [];
      return [
        {
          rule: 'wildcard-origin',
          path: [...path, String(index)],
          message: `the origin "${origin}" lets pages of others call the API with their visitors' credentials`,
          fix: bare ? 'List the origins.' : 'In production, list every origin in full.',
        },
      ];
    });
  });

/** A tag that moves: nodes go on running what they have, and nobody can say which version that is. */
export const checkTags: Check = ({ description }) => {
  const versions = [
    { version: description.version, path: ['version'] },
    ...Object.entries(description.environments).flatMap(([name, { version }]) =>
      version === undefined ? [] : [{ version, path: ['environments', name, 'version'] }],
    ),
  ];
  return [
    ...versions
      .filter(({ version }) => movingTags.has(version) || !/^[A-Za-z0-9_][\w.-]{0,127}$/.test(version))
      .map(({ version, path }): Fault => ({
        rule: 'mutable-tag',
        path,
        message: `"${version}" does not name one version`,
        fix: 'Use a version such as 1.4.0, or a commit.',
      })),
    ...applicationsWithPaths(description)
      .filter(({ application }) => application.image !== undefined && faultOfTag(application.image) !== 'none')
      .map(({ application, path }): Fault => ({
        rule: 'mutable-tag',
        path: [...path, 'image'],
        message: `"${application.image ?? ''}" does not name one version`,
        fix: 'Write repository:version with a whole version such as 1.4.0, or add the digest.',
      })),
  ];
};
