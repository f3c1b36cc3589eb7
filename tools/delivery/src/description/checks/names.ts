import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { interfacesOf } from '../component-interfaces.ts';
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
    ...Object.entries(description.environments).flatMap(([name, { cluster }]) =>
      cluster === undefined ? [] : [{ name: cluster, path: ['environments', name, 'cluster'] }],
    ),
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

/** Two ways in at one host and path: only one of them would ever be taken. */
export const checkHosts: Check = (input) =>
  inEachEnvironment(input, (platform) => {
    const ways = waysIn(platform);
    return ways.flatMap(({ host, path, owner, component }, index) => {
      const first = ways.findIndex((other) => other.host === host && other.path === path);
      if (first === index) return [];
      const application = applicationsWithPaths(input.description).find((other) => other.application.name === owner);
      return [
        {
          rule: 'host-taken',
          path: application === undefined ? ['infrastructure', component ?? owner] : [...application.path, 'host'],
          message: `${host}${path} leads to ${ways[first]?.owner ?? ''} and to ${owner}`,
          fix: 'Give one of them another host or path.',
        },
      ];
    });
  });

interface WayIn {
  readonly host: string;
  readonly path: string;
  /** Workload, or the component whose chart makes the way in. */
  readonly owner: string;
  readonly component: string | undefined;
}

function waysIn({ routes, components, workloads, domain }: ResolvedPlatform): WayIn[] {
  const componentOf = new Map(workloads.map(({ name, component }) => [name, component]));
  return [
    ...routes.map(({ host, path, workload }) => ({
      host,
      path,
      owner: workload,
      component: componentOf.get(workload),
    })),
    ...components
      .filter(({ entry }) => entry.containers.length === 0)
      .flatMap((component) =>
        interfacesOf(component, domain).map(({ host }) => ({
          host,
          path: '/',
          owner: component.name,
          component: component.name,
        })),
      ),
  ];
}
