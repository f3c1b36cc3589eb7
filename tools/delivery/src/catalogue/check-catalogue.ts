import type { CatalogueEntry, ContainerDefinition } from './catalogue-entry.ts';
import { parseCpu, parseMemory } from '../model/quantity.ts';
import { checkPlaceholders } from './check-placeholders.ts';

/** A fault of the catalogue itself: where it is and what is wrong. */
export interface CatalogueFinding {
  /** `<entry>` or `<entry>/<container>`. */
  readonly where: string;
  readonly rule: string;
  readonly message: string;
}

type Catalogue = Readonly<Record<string, CatalogueEntry>>;
type EntryCheck = (entry: CatalogueEntry, catalogue: Catalogue) => CatalogueFinding[];

/** Checks every entry against the rules of requirement 09 and those that renderers rely on; empty when all is well. */
export function checkCatalogue(catalogue: Catalogue): CatalogueFinding[] {
  const checks: readonly EntryCheck[] = [
    checkIdentity,
    checkContainers,
    checkReferences,
    checkKubernetes,
    checkInterface,
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
    ...unless(/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(entry.name), where, 'name', 'is not a DNS label'),
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
    ...entry.secrets.flatMap(({ name, source, template }) =>
      unless(
        (source === 'derived') === (template !== undefined),
        where,
        'secret',
        `${name}: derived secrets, and only they, have a template`,
      ),
    ),
  ];
}

function checkContainers(entry: CatalogueEntry): CatalogueFinding[] {
  return entry.containers.flatMap((container) => {
    const where = container.name === '' ? entry.name : `${entry.name}/${container.name}`;
    return [
      ...checkImage(container, where),
      ...checkHealth(container, where),
      ...checkResources(container, where),
      ...checkPorts(container, where),
      ...checkHardening(container, where),
    ];
  });
}

function checkImage({ image }: ContainerDefinition, where: string): CatalogueFinding[] {
  const tag = /:([^/:@]+)(@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
  if (tag === undefined) return unless(false, where, 'image', `${image} has no tag`);
  return [
    ...unless(tag !== 'latest' && /\d/.test(tag), where, 'image', `${image} has no version in its tag`),
    // `18` alone moves with every release.
    ...unless(!/^v?\d+(-[a-z]+)?$/.test(tag), where, 'image', `${image} names a line of versions, not one`),
  ];
}

/** Checks that hold whatever the container does (failure 32). */
const alwaysTrue = [/^(\/bin\/)?true$/, /\bkill -0\b/, /^\s*test -[defr] /, /^:$/, /^exit 0$/, /^echo\b[^|&;]*$/];
const neverFails = /\|\|\s*(true|:|exit 0)$/;

/** Whether a health command says yes whatever happens: a rule of presence satisfied, and nothing checked. */
export function isAlwaysTrue(command: readonly string[]): boolean {
  const text = textOf(command);
  return alwaysTrue.some((pattern) => pattern.test(text)) || neverFails.test(text);
}

/** What a command runs: the script where it is given to a shell. */
function textOf(command: readonly string[]): string {
  const isShell = /(^|\/)(ba|da|a)?sh$/.test(command[0] ?? '') && command[1] === '-c';
  return (isShell ? (command[2] ?? '') : command.join(' ')).trim();
}

function checkHealth({ health }: ContainerDefinition, where: string): CatalogueFinding[] {
  if (health === 'runs-once') return [];
  const text = textOf(health.check);
  return [
    ...unless(text !== '', where, 'health', 'has an empty health check'),
    ...unless(!alwaysTrue.some((pattern) => pattern.test(text)), where, 'health', `${text} is always true`),
    ...unless(!neverFails.test(text), where, 'health', `${text} can never fail`),
  ];
}

function checkResources({ resources }: ContainerDefinition, where: string): CatalogueFinding[] {
  const { requests, limits } = resources;
  const cpu = [parseCpu(requests.cpu), parseCpu(limits.cpu)] as const;
  const memory = [parseMemory(requests.memory), parseMemory(limits.memory)] as const;
  const fits = ([least, most]: readonly [number | undefined, number | undefined]) =>
    least !== undefined && most !== undefined && least > 0 && least <= most;
  return [
    ...unless(fits(cpu), where, 'resources', `CPU: ${requests.cpu} asked for, ${limits.cpu} allowed`),
    ...unless(fits(memory), where, 'resources', `memory: ${requests.memory} asked for, ${limits.memory} allowed`),
  ];
}

function checkPorts(
  { ports, metrics, published, health, volumes }: ContainerDefinition,
  where: string,
): CatalogueFinding[] {
  const listens = (port: number) => ports.some((item) => item.port === port);
  const keys = ports.map(({ port, protocol }) => `${port}/${protocol === 'udp' ? 'udp' : 'tcp'}`);
  const names = ports.map(({ name }) => name);
  const hostPorts = (published ?? []).map(({ hostPort }) => hostPort);
  return [
    ...unless(new Set(keys).size === keys.length, where, 'ports', 'has the same port twice'),
    ...unless(new Set(names).size === names.length, where, 'ports', 'has two ports of one name'),
    ...unless(
      names.every((name) => /^[a-z][a-z0-9-]{0,14}$/.test(name)),
      where,
      'ports',
      'has a port name that Kubernetes refuses',
    ),
    ...unless(
      metrics === undefined || listens(metrics.port),
      where,
      'ports',
      'exposes metrics on a port that it does not list',
    ),
    ...unless(new Set(hostPorts).size === hostPorts.length, where, 'ports', 'publishes one port of the host twice'),
    ...unless(
      (published ?? []).every(({ port }) => listens(port)),
      where,
      'ports',
      'publishes a port that it does not list',
    ),
    ...unless(
      health === 'runs-once' || health.http === undefined || listens(health.http.port),
      where,
      'ports',
      'is probed on a port that it does not list',
    ),
    ...unless(
      new Set((volumes ?? []).map(({ name }) => name)).size === (volumes ?? []).length,
      where,
      'volumes',
      'has two volumes of one name',
    ),
  ];
}

function checkHardening({ hardening }: ContainerDefinition, where: string): CatalogueFinding[] {
  const { readOnlyRoot, writableRootBecause, temporaryFolders = [] } = hardening;
  return [
    ...unless(
      readOnlyRoot === true || (writableRootBecause ?? '') !== '',
      where,
      'hardening',
      'has a writable root file system without a reason',
    ),
    ...unless(
      readOnlyRoot !== true || writableRootBecause === undefined,
      where,
      'hardening',
      'gives a reason for what it does not do',
    ),
    ...unless(
      temporaryFolders.every((folder) => folder.startsWith('/')),
      where,
      'hardening',
      'has a temporary folder that is not absolute',
    ),
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

function checkInterface({ name, interface: shown, endpoint, containers }: CatalogueEntry): CatalogueFinding[] {
  return [shown, endpoint].flatMap((place) => {
    if (place === undefined) return [];
    // Nobody but the chart knows which ports its own service has.
    if (containers.length === 0 && place === endpoint && place.container === '') return [];
    const container = containers.find((item) => item.name === place.container);
    const isListed = container?.ports.some(({ port }) => port === place.port) ?? false;
    return unless(isListed, name, 'ports', `port ${place.port} of ${place.container || name} is not listed`);
  });
}

function unless(holds: boolean, where: string, rule: string, message: string): CatalogueFinding[] {
  return holds ? [] : [{ where, rule, message }];
}
