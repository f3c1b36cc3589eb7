import type { ResolvedPlatform, SecretDefinition, WorkloadVariable } from '../../model/platform-model.ts';
import { valueOf } from '../../model/workload-secrets.ts';
import { renderedBy } from '../yaml.ts';

interface Use {
  readonly workload: string;
  readonly variable: WorkloadVariable;
}

/**
 * Every variable of every workload. A variable that several workloads read with one value stands here once; one whose
 * value differs by workload is a comment, because the last line of a name would silently win.
 */
export function renderEnvironmentExample(platform: ResolvedPlatform): string {
  const uses = new Map<string, Use[]>();
  for (const { name: workload, variables } of platform.workloads)
    for (const variable of variables)
      uses.set(variable.name, [...(uses.get(variable.name) ?? []), { workload, variable }]);
  const sections = new Map<string, string[]>();
  const differing: string[] = [];
  for (const [, of] of [...uses].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    if (new Set(of.map(({ variable }) => valueOf(variable))).size > 1) differing.push(renderDiffering(of));
    else {
      const workloads = of.map(({ workload }) => workload).toSorted();
      const title = workloads.join(', ');
      sections.set(title, [...(sections.get(title) ?? []), renderVariable(of[0]!.variable)]);
    }
  }
  return [
    `# ${renderedBy}`,
    `# Variables of ${platform.name} in ${platform.environment}. Values of secrets are in files, never here.`,
    ...[...sections]
      .toSorted(([left], [right]) => count(right) - count(left) || (left < right ? -1 : 1))
      .map(([title, variables]) => `\n# ${title}\n\n${variables.join('\n').trimEnd()}\n`),
    ...(differing.length === 0 ? [] : [`\n# Different by workload\n\n${differing.join('\n')}`]),
    ...(platform.secrets.length === 0 ? [] : [`\n# Secrets\n\n${platform.secrets.map(renderSecret).join('\n')}`]),
    '',
  ].join('\n');
}

function count(title: string): number {
  return title.split(', ').length;
}

function renderVariable(variable: WorkloadVariable): string {
  const comment = commentOf(variable);
  // What is explained stands apart from its neighbours.
  const end = comment.length === 0 ? '' : '\n';
  return [...comment, `${variable.name}=${quoteValue(valueOf(variable))}${end}`].join('\n');
}

function renderDiffering(uses: readonly Use[]): string {
  const lines = uses
    .toSorted((left, right) => (left.workload < right.workload ? -1 : 1))
    .map(({ workload, variable }) => `# ${workload}: ${variable.name}=${quoteValue(valueOf(variable))}`);
  const comments = new Set(uses.flatMap(({ variable }) => commentOf(variable)));
  return [...comments, ...lines].map((line) => `${line}\n`).join('');
}

function commentOf({ definition, secretFile }: WorkloadVariable): string[] {
  return [
    ...(definition === undefined ? [] : [`# ${definition.doc.replaceAll(/\s+/g, ' ')}`]),
    ...(secretFile === undefined ? [] : [`# secret: ./secrets/${secretFile}`]),
  ];
}

function renderSecret({ name, doc, source }: SecretDefinition): string {
  const how = { generated: 'made at random', derived: 'put together from others', provided: 'write it yourself' }[
    source
  ];
  return `# secret: ./secrets/${name} (${how}): ${doc.replaceAll(/\s+/g, ' ')}`;
}

/** A value as the env files of Compose and of shells take it: within single quotes nothing is expanded. */
function quoteValue(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value;
  if (!/['\n\r]/.test(value)) return `'${value}'`;
  const escapes: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r` };
  return `"${value.replaceAll(/["\\$`]/g, String.raw`\$&`).replaceAll(/[\n\r]/g, (character) => escapes[character] ?? '')}"`;
}
