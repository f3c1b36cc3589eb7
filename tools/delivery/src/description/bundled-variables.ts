import type { VariableDefinition } from '@plinth/contracts';
import type { ApplicationType } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import type { ApplicationDescription } from './platform-description.ts';

const pages: readonly ApplicationType[] = ['svelte-kit', 'next', 'astro', 'vite', 'expo'];

/**
 * Whether the build writes the variable's value into what browsers load. SvelteKit reads `PUBLIC_…` at run time by
 * `$env/dynamic/public`, and a build by `$env/static/public` fails without a value, so that these are not counted.
 */
export function isBundled(type: ApplicationType, name: string): boolean {
  if (!pages.includes(type)) return false;
  return /^(NEXT_PUBLIC|VITE|EXPO_PUBLIC)_/.test(name) || (name.startsWith('PUBLIC_') && type !== 'svelte-kit');
}

/** Whether the application is files behind nginx, which reads no variables. */
export function isStaticSite(type: ApplicationType): boolean {
  return type === 'astro' || type === 'vite' || type === 'expo';
}

/** Value of an application's variable in an environment; undefined where nothing gives one. */
export function variableValue(
  view: EnvironmentView,
  application: ApplicationDescription,
  definition: VariableDefinition,
): string | undefined {
  return (
    view.variable(application.name, definition.name) ??
    definition.environments?.[view.environment] ??
    definition.default
  );
}
