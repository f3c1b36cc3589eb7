import type { TemplateScope } from '../catalogue/template.ts';
import type { EnvironmentView } from './apply-environment.ts';
import { endpointOf, memberNames, type Component, type ComponentIndex } from './component-index.ts';
import { interfacesOf } from './component-interfaces.ts';
import { renderDatabasesScript, type DatabaseRequest } from './databases.ts';

export interface ComponentInput {
  readonly view: EnvironmentView;
  readonly index: ComponentIndex;
  readonly issuer: string;
  readonly ingressClass: string;
  /** All databases that the platform's PostgreSQL holds. */
  readonly databases: readonly DatabaseRequest[];
}

/** What the placeholders of an entry stand for, in the strings of one member. */
export function scopeOf(input: ComponentInput, component: Component, member: string, index: number): TemplateScope {
  const { view } = input;
  const settings = Object.entries(component.settings).map(([name, value]) => [`settings.${name}`, value] as const);
  const secrets = secretNamesOf(component).map(
    (name) => [`secret.${name}`, `/run/secrets/${component.name}-${name}`] as const,
  );
  const members = component.entry.containers.map(
    (container) => [`members.${container.name || 'own'}`, memberNames(component, container).join(',')] as const,
  );
  const needs = component.entry.requires.flatMap((requirement) => {
    const met = input.index.meet(requirement);
    const { host, port } = met === undefined ? { host: '', port: 0 } : endpointOf(met);
    const shown = met === undefined ? undefined : interfacesOf(met, view.domain)[0];
    return requirement.anyOf.flatMap((kind) => [
      [`needs.${kind}`, host] as const,
      [`needs.${kind}.port`, port] as const,
      ...(shown === undefined ? [] : [[`needs.${kind}.url`, urlOf(view, shown.host)] as const]),
      ...(met === undefined ? [] : secretNamesOf(met)).map(
        (name) => [`secret.${kind}.${name}`, `/run/secrets/${met?.name ?? ''}-${name}`] as const,
      ),
    ]);
  });
  const interfaces = interfacesOf(component, view.domain).flatMap(({ definition: { name }, host }) => [
    [`interfaces.${name}.host`, host] as const,
    [`interfaces.${name}.url`, urlOf(view, host)] as const,
  ]);
  return {
    name: component.name,
    member,
    ordinal: index + 1,
    platform: view.description.name,
    environment: view.environment,
    domain: view.domain,
    scheme: view.scheme,
    issuer: input.issuer,
    databases: renderDatabasesScript(input.databases),
    buckets: bucketsOf(input.index, component).join(','),
    'cluster.ingressClass': input.ingressClass,
    'cluster.https': view.scheme === 'https',
    ...Object.fromEntries([...settings, ...secrets, ...members, ...needs, ...interfaces]),
  };
}

/** The component's own setting `buckets`, and what others ask for. */
function bucketsOf({ components }: ComponentIndex, { settings }: Component): string[] {
  const own = String(settings['buckets'] ?? '').split(',');
  const asked = components.flatMap((other) =>
    other.entry.bucket === undefined ? [] : [String(other.settings[other.entry.bucket])],
  );
  return [...new Set([...own, ...asked])].filter((name) => name !== '');
}

function urlOf({ scheme }: EnvironmentView, host: string): string {
  return `${scheme}://${host}`;
}

function secretNamesOf(component: Component): string[] {
  const { entry } = component;
  return [...entry.secrets.map(({ name }) => name), ...(entry.database === undefined ? [] : ['database-password'])];
}
