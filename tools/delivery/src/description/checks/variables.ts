import { processVariables, type VariableDefinition } from '@plinth/contracts';
import type { VariableValues } from '../platform-description.ts';
import type { Check, CheckInput, Fault } from './check.ts';
import { applicationsWithPaths } from './check.ts';

/** Values for variables that the workload does not have: misspelt, or left over. */
export const checkUnknownVariables: Check = (input) =>
  variableTables(input.description).flatMap(({ values, path }) =>
    Object.entries(values).flatMap(([workload, variables]): Fault[] => {
      const known = variablesOf(input, workload);
      if (known === undefined)
        return [
          {
            rule: 'unknown-workload',
            path: [...path, workload],
            message: `there is no service or application "${workload}"`,
            fix: 'Name one that the description has.',
          },
        ];
      return Object.keys(variables)
        .filter((name) => !known.some((variable) => variable.name === name))
        .map((name) => ({
          rule: 'unknown-variable',
          path: [...path, workload, name],
          message: `${workload} has no variable ${name}`,
          fix: 'Declare it in the variables of the service or application, or remove the value.',
        }));
    }),
  );

/** Variables that must be set and are not. */
export const checkMissingVariables: Check = (input) =>
  applicationsWithPaths(input.description).flatMap(({ application, path }) =>
    (application.variables ?? []).flatMap((variable): Fault[] => {
      if (variable.secret === true || variable.required === false || variable.default !== undefined) return [];
      const environments = Object.entries(input.description.environments)
        .filter(([name, override]) => {
          const given =
            override.variables?.[application.name]?.[variable.name] ??
            input.description.variables?.[application.name]?.[variable.name] ??
            variable.environments?.[name];
          return given === undefined;
        })
        .map(([name]) => name);
      if (environments.length === 0) return [];
      return [
        {
          rule: 'missing-variable',
          path: [...path, 'variables', variable.name],
          message: `${variable.name} of ${application.name} has no value (${variable.doc})`,
          fix: `Give it a default, or a value in environments.<name>.variables.${application.name}.`,
          environments,
        },
      ];
    }),
  );

/** A secret whose value nobody makes, and sources of secrets that nobody asks for. */
export const checkSecretSources: Check = ({ description }) => {
  const secrets = applicationsWithPaths(description).flatMap(({ application, path }) =>
    (application.variables ?? [])
      .filter(({ secret }) => secret === true)
      .map(({ name }) => ({ key: `${application.name}.${name}`, path: [...path, 'variables', name] })),
  );
  const known = new Set(secrets.map(({ key }) => key));
  const sources = description.secrets ?? {};
  return [
    ...secrets
      .filter(({ key }) => !Object.hasOwn(sources, key))
      .map(({ key, path }): Fault => ({
        rule: 'secret-without-source',
        path,
        message: `nothing says where the secret ${key} comes from`,
        fix: `Add secrets: { '${key}': 'generated' }, or { provided: 'where to get it' }.`,
      })),
    ...Object.keys(sources)
      .filter((key) => !known.has(key))
      .map((key): Fault => ({
        rule: 'unknown-secret',
        path: ['secrets', key],
        message: `no application has a secret variable ${key}`,
        fix: 'Write <application>.<VARIABLE> of a variable with secret: true.',
      })),
  ];
};

function variableTables(description: CheckInput['description']) {
  const tables: { readonly values: VariableValues; readonly path: readonly string[] }[] = [];
  if (description.variables !== undefined) tables.push({ values: description.variables, path: ['variables'] });
  for (const [name, { variables }] of Object.entries(description.environments))
    if (variables !== undefined) tables.push({ values: variables, path: ['environments', name, 'variables'] });
  return tables;
}

/** The variables of a service or an application; undefined when there is no such thing. */
export function variablesOf({ description }: CheckInput, workload: string): readonly VariableDefinition[] | undefined {
  const service = description.services?.find(({ name }) => name === workload);
  if (service !== undefined) return [...service.variables, ...processVariables];
  if (['gateway', 'migrate'].includes(workload) && (description.services ?? []).length > 0) return processVariables;
  const found = applicationsWithPaths(description).find(({ application }) => application.name === workload);
  return found === undefined ? undefined : (found.application.variables ?? []);
}
