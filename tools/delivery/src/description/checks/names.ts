import type { Check, Fault } from './check.ts';
import { applicationsWithPaths, inEachEnvironment } from './check.ts';

const label = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const domainName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Names become host names, so they are DNS labels; one name is for one thing. */
export const checkNames: Check = (input) => {
  const { description } = input;
  const named: { readonly name: string; readonly path: readonly string[] }[] = [
    { name: description.name, path: ['name'] },
    ...applicationsWithPaths(description).map(({ application, path }) => ({ name: application.name, path })),
    ...(description.products ?? []).map(({ name }) => ({ name, path: ['products', name] })),
    ...(description.infrastructure ?? []).map(({ name }) => ({ name, path: ['infrastructure', name] })),
    ...Object.keys(description.environments).map((name) => ({ name, path: ['environments', name] })),
  ];
  const domains = [
    { domain: description.domain, path: ['domain'] },
    ...Object.entries(description.environments).flatMap(([name, { domain }]) =>
      domain === undefined ? [] : [{ domain, path: ['environments', name, 'domain'] }],
    ),
  ];
  return [
    ...named
      .filter(({ name }) => !label.test(name))
      .map(({ name, path }): Fault => ({
        rule: 'name-invalid',
        path,
        message: `"${name}" is no DNS label`,
        fix: 'Use lower-case letters, digits and hyphens, at most 63, beginning with a letter.',
      })),
    ...domains
      .filter(({ domain }) => !domainName.test(domain))
      .map(({ domain, path }): Fault => ({
        rule: 'domain-invalid',
        path,
        message: `"${domain}" is no domain name`,
        fix: 'Write it without scheme, port or path: example.com.',
      })),
    ...(Object.keys(description.environments).length > 0
      ? []
      : [
          {
            rule: 'environment-missing',
            path: ['environments'],
            message: 'there is no environment',
            fix: 'Name at least one: environments: { production: {} }.',
          },
        ]),
  ];
};

/** Two things of one name would be one host name, and one would hide the other. */
export const checkNamesTaken: Check = (input) =>
  inEachEnvironment(input, (platform) => {
    const owners = platform.workloads.map(({ name, kind, component }) => ({
      name,
      path:
        kind === 'component'
          ? ['infrastructure', component ?? name]
          : kind === 'core'
            ? ['services', name]
            : (applicationsWithPaths(input.description).find(({ application }) => application.name === name)?.path ?? [
                'applications',
                name,
              ]),
    }));
    return owners
      .filter(({ name }, index) => owners.findIndex((other) => other.name === name) !== index)
      .map(({ name, path }) => ({
        rule: 'name-taken',
        path,
        message: `two workloads are called "${name}"`,
        fix: 'Rename one; a second component of one kind takes a name as its third argument.',
      }));
  });

/** Two routes of one host and path: only one of them would ever be reached. */
export const checkHosts: Check = (input) =>
  inEachEnvironment(input, ({ routes }) =>
    routes.flatMap((route, index) => {
      const first = routes.findIndex((other) => other.host === route.host && other.path === route.path);
      if (first === index) return [];
      const other = routes[first]?.workload ?? '';
      const path = applicationsWithPaths(input.description).find(
        ({ application }) => application.name === route.workload,
      )?.path;
      return [
        {
          rule: 'host-taken',
          path: path === undefined ? ['infrastructure', route.workload] : [...path, 'host'],
          message: `${route.host}${route.path} leads to ${other} and to ${route.workload}`,
          fix: 'Give one of them another host or path.',
        },
      ];
    }),
  );
