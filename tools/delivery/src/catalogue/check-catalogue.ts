import type { CatalogueEntry } from './catalogue-entry.ts';
import { unless, type CatalogueFinding } from './catalogue-finding.ts';
import { checkContainers } from './check-containers.ts';
import { checkPlaceholders } from './check-placeholders.ts';

const dnsLabel = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

type Catalogue = Readonly<Record<string, CatalogueEntry>>;
type EntryCheck = (entry: CatalogueEntry, catalogue: Catalogue) => CatalogueFinding[];

/** Checks every entry against the rules of requirement 09 and those that renderers rely on; empty when all is well. */
export function checkCatalogue(catalogue: Catalogue): CatalogueFinding[] {
  const checks: readonly EntryCheck[] = [
    checkIdentity,
    checkContainers,
    checkReferences,
    checkKubernetes,
    checkInterfaces,
    checkPlaceholders,
  ];
  const named = Object.entries(catalogue).flatMap(([key, { name }]) =>
    key === name ? [] : [{ where: name, rule: 'name', message: `is listed as ${key}` }],
  );
  return [...named, ...Object.values(catalogue).flatMap((entry) => checks.flatMap((check) => check(entry, catalogue)))];
}

function checkIdentity(entry: CatalogueEntry): CatalogueFinding[] {
  const where = entry.name;
  const names = entry.containers.map(({ name }) => name);
  return [
    ...unless(dnsLabel.test(entry.name), where, 'name', 'is not a DNS label'),
    ...unless(entry.license.trim() !== '', where, 'licence', 'has no licence'),
    ...unless(/\d/.test(entry.version), where, 'version', 'has no version'),
    ...unless(entry.website.startsWith('https://'), where, 'website', 'has no website'),
    // Without containers of ours it is what its chart makes, and there is none of it on Compose.
    ...unless(
      entry.containers.length > 0 || entry.kubernetes.form === 'chart',
      where,
      'containers',
      'has no container and no chart that runs it',
    ),
    ...unless(new Set(names).size === names.length, where, 'containers', 'has two containers of one name'),
    ...entry.secrets.flatMap(({ name, source = 'generated', template, form }) => [
      ...unless(
        (source === 'derived') === (template !== undefined),
        where,
        'secret',
        `${name}: derived secrets, and only they, have a template`,
      ),
      ...unless(
        form === undefined || source === 'generated',
        where,
        'secret',
        `${name}: only generated secrets have a form`,
      ),
    ]),
  ];
}

function checkReferences(entry: CatalogueEntry, catalogue: Catalogue): CatalogueFinding[] {
  const where = entry.name;
  const entries = Object.values(catalogue);
  const known = new Set(entries.flatMap(({ name, provides }) => [name, ...provides]));
  const required = entry.requires.flatMap(({ anyOf }) => anyOf);
  const own = new Set(entry.containers.map(({ name }) => name));
  const exporter = entry.watch.exporter;
  const depends = entry.containers.flatMap(({ dependsOn = [] }) => dependsOn);
  return [
    ...required.flatMap((name) => unless(known.has(name), where, 'requires', `nothing is or provides ${name}`)),
    ...unless(
      exporter === undefined || entries.some(({ name }) => name === exporter),
      where,
      'watch',
      `there is no exporter ${exporter}`,
    ),
    ...depends.flatMap(({ container, condition }) => {
      if (!own.has(container))
        return unless(
          required.includes(container),
          where,
          'depends',
          `${container} is neither a container nor required`,
        );
      const target = entry.containers.find(({ name }) => name === container);
      const ends = target?.health === 'runs-once';
      return unless(
        ends === (condition === 'completed'),
        where,
        'depends',
        `${container || 'the main container'} can never be ${condition}`,
      );
    }),
    ...unless(
      entry.database === undefined || required.some((name) => name === 'database' || name === 'postgres'),
      where,
      'database',
      'asks for a database and requires none',
    ),
    ...unless(
      entry.bucket === undefined || (required.includes('object-store') && Object.hasOwn(entry.settings, entry.bucket)),
      where,
      'bucket',
      'asks for a bucket without a setting that names it, or without an object store',
    ),
    ...unless(
      entry.signIn === undefined || entry.secrets.some(({ name }) => name === entry.signIn?.secret),
      where,
      'sign-in',
      'names a secret that it does not have',
    ),
  ];
}

function checkKubernetes({ name, kubernetes, containers }: CatalogueEntry): CatalogueFinding[] {
  if (kubernetes.form === 'workloads') return [];
  const services = Object.keys(kubernetes.services);
  const names = containers.length === 0 ? [''] : containers.map((container) => container.name);
  const served = services.every((service) => names.includes(service));
  const common = unless(
    services.length > 0 && served,
    name,
    'kubernetes',
    'must name a service for its own containers',
  );
  if (kubernetes.form === 'chart') {
    return [
      ...common,
      ...unless(/\d/.test(kubernetes.version) && kubernetes.chart !== '', name, 'kubernetes', 'has no exact chart'),
    ];
  }
  const defined = new Set(kubernetes.definitions);
  return [
    ...common,
    ...unless(/\d/.test(kubernetes.operator.version), name, 'kubernetes', 'has no exact operator'),
    ...kubernetes.resources.flatMap((resource) => {
      const [group, version] = String(resource['apiVersion']).split('/');
      const kind = `${String(resource['kind'])}.${group}/${version}`;
      return unless(defined.has(kind), name, 'kubernetes', `${kind} is not among the operator's definitions`);
    }),
  ];
}

function checkInterfaces({ name, interfaces = [], endpoint, containers, signIn }: CatalogueEntry): CatalogueFinding[] {
  const names = interfaces.map((shown) => shown.name);
  const hosts = interfaces.map(({ host }) => host);
  const places = [...interfaces, ...(endpoint === undefined ? [] : [endpoint])];
  return [
    ...unless(new Set(names).size === names.length, name, 'interfaces', 'has two interfaces of one name'),
    ...unless(new Set(hosts).size === hosts.length, name, 'interfaces', 'has two interfaces at one host'),
    ...[...names, ...hosts].flatMap((text) =>
      unless(dnsLabel.test(text), name, 'interfaces', `"${text}" is not a DNS label`),
    ),
    ...places.flatMap((place) => {
      // Nobody but the chart knows which ports its own services have, and it makes the way in to them itself.
      if (containers.length === 0 && place.container === '') return [];
      const container = containers.find((item) => item.name === place.container);
      const isListed = container?.ports.some(({ port }) => port === place.port) ?? false;
      return unless(isListed, name, 'ports', `port ${place.port} of ${place.container || name} is not listed`);
    }),
    ...unless(signIn === undefined || names.length > 0, name, 'sign-in', 'has no interface to come back to'),
    ...unless(
      signIn?.interface === undefined || names.includes(signIn.interface),
      name,
      'sign-in',
      `there is no interface ${signIn?.interface}`,
    ),
  ];
}
