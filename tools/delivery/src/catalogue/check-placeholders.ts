import type { CatalogueEntry } from './catalogue-entry.ts';
import type { CatalogueFinding } from './catalogue-finding.ts';
import { placeholdersOf } from './template.ts';

const always = [
  'name',
  'member',
  'ordinal',
  'platform',
  'environment',
  'domain',
  'scheme',
  'issuer',
  'databases',
  'buckets',
  'cluster.ingressClass',
  'cluster.https',
];

/** Every placeholder of an entry stands for something, and every secret that it names exists. */
export function checkPlaceholders(
  entry: CatalogueEntry,
  catalogue: Readonly<Record<string, CatalogueEntry>>,
): CatalogueFinding[] {
  const known = knownPlaceholders(entry, catalogue);
  const secrets = knownSecrets(entry, catalogue);
  const unknown = textsOf([entry.containers, entry.kubernetes, entry.signIn])
    .flatMap(placeholdersOf)
    .filter((name) => !known.has(name))
    .map((name) => finding(entry, 'placeholder', `\${${name}} stands for nothing`));
  const files = [
    ...entry.containers.flatMap(({ secretFiles = [], secretFileVariables = {} }) => [
      ...secretFiles,
      ...Object.values(secretFileVariables),
    ]),
    ...secretsOfObjects(entry),
  ]
    .filter((name) => !secrets.has(name))
    .map((name) => finding(entry, 'secret', `there is no secret ${name}`));
  const templates = entry.secrets
    .flatMap(({ template = '' }) => placeholdersOf(template))
    .filter((name) => !secrets.has(name))
    .map((name) => finding(entry, 'secret', `a template inserts ${name}, which is no secret`));
  const settings = entry.containers
    .flatMap(({ members, when }) => [
      ...(typeof members === 'string' ? [members] : []),
      ...(when === undefined ? [] : [when]),
    ])
    .filter((name) => !Object.hasOwn(entry.settings, name))
    .map((name) => finding(entry, 'setting', `there is no setting ${name}`));
  return [...unknown, ...files, ...templates, ...settings];
}

function knownPlaceholders(entry: CatalogueEntry, catalogue: Readonly<Record<string, CatalogueEntry>>): Set<string> {
  const kinds = entry.requires.flatMap(({ anyOf }) => anyOf);
  return new Set([
    ...always,
    ...Object.keys(entry.settings).map((name) => `settings.${name}`),
    ...entry.containers.map(({ name }) => `members.${name || 'own'}`),
    ...(entry.interfaces ?? []).flatMap(({ name }) => [`interfaces.${name}.url`, `interfaces.${name}.host`]),
    ...kinds.flatMap((kind) => [`needs.${kind}`, `needs.${kind}.port`]),
    ...entry.requires
      .filter(({ anyOf }) => ableOf(anyOf, catalogue).every(({ interfaces = [] }) => interfaces.length > 0))
      .flatMap(({ anyOf }) => anyOf.map((kind) => `needs.${kind}.url`)),
    ...[...knownSecrets(entry, catalogue)].map((name) => `secret.${name}`),
  ]);
}

/** Its own secrets, and those that everything has which could meet a requirement: `database.password`. */
function knownSecrets(entry: CatalogueEntry, catalogue: Readonly<Record<string, CatalogueEntry>>): Set<string> {
  const own = [
    ...entry.secrets.map(({ name }) => name),
    ...(entry.database === undefined ? [] : ['database-password']),
  ];
  const foreign = entry.requires.flatMap(({ anyOf }) => {
    const [first, ...others] = ableOf(anyOf, catalogue).map(({ secrets }) => secrets.map(({ name }) => name));
    const shared = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
    return anyOf.flatMap((kind) => shared.map((name) => `${kind}.${name}`));
  });
  return new Set([...own, ...foreign]);
}

/** Everything that could meet a requirement. */
function ableOf(
  anyOf: readonly string[],
  catalogue: Readonly<Record<string, CatalogueEntry>>,
): readonly CatalogueEntry[] {
  return Object.values(catalogue).filter(({ name, provides }) =>
    anyOf.some((kind) => kind === name || provides.includes(kind)),
  );
}

/** Secrets that end in objects of which its chart is told. */
function secretsOfObjects({ kubernetes }: CatalogueEntry): string[] {
  if (kubernetes.form !== 'chart') return [];
  return Object.values(kubernetes.secretObjects ?? {})
    .flatMap((object) => Object.values(object))
    .flatMap((item) => ('secret' in item ? [item.secret] : []));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => [key, ...textsOf(item)]);
  return [];
}

function finding(entry: CatalogueEntry, rule: string, message: string): CatalogueFinding {
  return { where: entry.name, rule, message };
}
