import { parseCpu, parseMemory } from '../model/quantity.ts';
import { faultOfTag, type TagFault } from '../model/image-tag.ts';
import type { CatalogueEntry, ContainerDefinition } from './catalogue-entry.ts';
import { unless, type CatalogueFinding } from './catalogue-finding.ts';

/** Rules of each container by itself: image, health, resources, ports and hardening. */
export function checkContainers(entry: CatalogueEntry): CatalogueFinding[] {
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

const tagMessages: Readonly<Record<Exclude<TagFault, 'none'>, string>> = {
  unreadable: 'is no image reference',
  'no-tag': 'has no tag',
  'no-version': 'has no version in its tag',
  line: 'names a line of versions, not one',
};

function checkImage({ image, shortTagBecause }: ContainerDefinition, where: string): CatalogueFinding[] {
  const fault = faultOfTag(image);
  if (fault === 'line') return unless(shortTagBecause !== undefined, where, 'image', `${image} ${tagMessages.line}`);
  return [
    ...unless(shortTagBecause === undefined, where, 'image', `${image} gives a reason for what it does not do`),
    ...(fault === 'none' ? [] : unless(false, where, 'image', `${image} ${tagMessages[fault]}`)),
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
