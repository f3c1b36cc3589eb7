import type { VariableDefinition } from '@plinth/contracts';
import { applyEnvironment } from '../apply-environment.ts';
import { isBundled, isStaticSite, variableValue } from '../bundled-variables.ts';
import type { ApplicationDescription } from '../platform-description.ts';
import type { Check, CheckInput, Fault } from './check.ts';
import { applicationsWithPaths } from './check.ts';

/** An image is built once and runs in every environment: what is built into its pages cannot differ between them. */
export const checkBundledVariables: Check = (input) =>
  applicationsWithPaths(input.description).flatMap(({ application, path }) =>
    (application.variables ?? [])
      .filter(({ name, secret }) => isBundled(application.type, name) && secret !== true)
      .flatMap((definition) =>
        complaintsAbout(input, application, definition, [...path, 'variables', definition.name]),
      ),
  );

/** Whoever opens a page can read everything in it. */
export const checkPageSecrets: Check = ({ description }) =>
  applicationsWithPaths(description).flatMap(({ application, path }) =>
    (application.variables ?? [])
      .filter(
        ({ name, secret }) => secret === true && (isStaticSite(application.type) || isBundled(application.type, name)),
      )
      .map(({ name }): Fault => ({
        rule: 'secret-in-page',
        path: [...path, 'variables', name],
        message: `${name} is a secret, and ${application.name} would hand it to every browser`,
        fix: 'Keep it in a back end that the page calls.',
      })),
  );

function complaintsAbout(
  { description }: CheckInput,
  application: ApplicationDescription,
  definition: VariableDefinition,
  path: readonly string[],
): Fault[] {
  const { name } = definition;
  const views = Object.keys(description.environments).map((environment) => applyEnvironment(description, environment));
  const values = views.map((view) => ({ view, value: variableValue(view, application, definition) }));
  if (new Set(values.map(({ value }) => value)).size > 1) {
    const own = views.find(({ override }) => override.variables?.[application.name]?.[name] !== undefined);
    return [
      {
        rule: 'bundled-variable',
        path: own === undefined ? path : ['environments', own.environment, 'variables', application.name, name],
        message: `${name} is built into the pages of ${application.name}, of which all environments run one image, and has several values`,
        fix: remedy(application, name),
      },
    ];
  }
  const domains = new Set(views.map(({ domain }) => domain));
  const hosted = values.find(({ view, value = '' }) => domains.size > 1 && namesDomain(value, view.domain));
  if (hosted === undefined) return [];
  return [
    {
      rule: 'bundled-variable',
      path,
      message: `${name} is built into the pages of ${application.name}, of which all environments run one image, and names the domain of ${hosted.view.environment}`,
      fix: remedy(application, name),
    },
  ];
}

function remedy({ type }: ApplicationDescription, name: string): string {
  const plain = name.replace(/^(NEXT_PUBLIC|VITE|EXPO_PUBLIC|PUBLIC)_/, '');
  return isStaticSite(type)
    ? `Call it ${plain}, which the page reads from /env.json when it starts, or use an address without a host.`
    : `Call it ${plain}, which the server reads when it runs and hands to the page, or use an address without a host.`;
}

function namesDomain(value: string, domain: string): boolean {
  const at = value.indexOf(domain);
  return at >= 0 && !/[a-z0-9-]/i.test(value[at - 1] ?? '') && !/[a-z0-9.-]/i.test(value[at + domain.length] ?? '');
}
