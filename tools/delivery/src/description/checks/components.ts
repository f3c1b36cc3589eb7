import type { SettingDefinition } from '../../catalogue/catalogue-entry.ts';
import { catalogue } from '../../catalogue/catalogue.ts';
import { findEntry } from '../component-index.ts';
import type { Check, Fault } from './check.ts';

/** Components that the catalogue does not have, and settings that a component does not take. */
export const checkComponents: Check = ({ description }) => {
  const uses = description.infrastructure ?? [];
  const byName = new Map(uses.map((use) => [use.name, use]));
  const given = [
    ...uses.map(({ name, entry, settings }) => ({ name, entry, settings, path: ['infrastructure', name] })),
    ...Object.entries(description.environments).flatMap(([environment, { infrastructure = {} }]) =>
      Object.entries(infrastructure).map(([name, settings]) => ({
        name,
        entry: byName.get(name)?.entry,
        settings,
        path: ['environments', environment, 'infrastructure', name],
      })),
    ),
  ];
  return given.flatMap(({ name, entry: entryName, settings, path }): Fault[] => {
    const entry = entryName === undefined ? undefined : findEntry(entryName);
    if (entry === undefined) return [unknownComponent(entryName ?? name, path)];
    return Object.entries(settings).flatMap(([setting, value]) => {
      const definition = Object.hasOwn(entry.settings, setting) ? entry.settings[setting] : undefined;
      const complaint =
        definition === undefined
          ? `${entry.title} has no setting "${setting}"; it has ${Object.keys(entry.settings).join(', ') || 'none'}`
          : complaintAbout(definition, value);
      if (complaint === undefined) return [];
      return [
        {
          rule: definition === undefined ? 'unknown-setting' : 'setting-invalid',
          path: [...path, setting],
          message: complaint,
          fix: definition === undefined ? 'Remove it or correct its name.' : `It is: ${definition.doc}.`,
        },
      ];
    });
  });
};

function unknownComponent(name: string, path: readonly string[]): Fault {
  const nearest = Object.keys(catalogue).find((known) => known.startsWith(name.slice(0, 3)));
  return {
    rule: 'unknown-component',
    path,
    message: `the catalogue has no component "${name}"`,
    fix: nearest === undefined ? 'docs/reference/catalogue.md lists what it has.' : `Did you mean "${nearest}"?`,
  };
}

function complaintAbout(definition: SettingDefinition, value: unknown): string | undefined {
  const { type, minimum = -Infinity, maximum = Infinity, values = [], odd } = definition;
  if (type === 'integer') {
    if (typeof value !== 'number' || !Number.isInteger(value)) return `${JSON.stringify(value)} is no integer`;
    if (value < minimum || value > maximum) return `${value} is not between ${minimum} and ${maximum}`;
    return odd === true && value % 2 === 0 ? `of ${value} members no more may fail than of ${value - 1}` : undefined;
  }
  if (type === 'boolean')
    return typeof value === 'boolean' ? undefined : `${JSON.stringify(value)} is not true or false`;
  if (typeof value !== 'string') return `${JSON.stringify(value)} is no text`;
  if (type === 'enum' && !values.includes(value)) return `"${value}" is none of ${values.join(', ')}`;
  return undefined;
}
