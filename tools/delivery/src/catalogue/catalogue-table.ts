import type { CatalogueEntry } from './catalogue-entry.ts';
import { catalogue } from './catalogue.ts';
import { renderedBy } from '../render/yaml.ts';

const tiers: Readonly<Record<CatalogueEntry['tier'], string>> = {
  '01': 'gateway',
  '02': 'auth',
  '03': 'security',
  '04': 'data',
  '05': 'messaging',
  '06': 'observability',
  '07': 'workflow',
  '08': 'AI',
  '09': 'tooling',
  '10': 'communication',
  '11': 'data APIs',
  '12': 'privacy',
  '13': 'growth',
  '14': 'billing',
};

/** `docs/reference/catalogue.md`: what a platform may name, tier by tier. */
export function renderCatalogueTable(listed: Readonly<Record<string, CatalogueEntry>> = catalogue): string {
  const entries = Object.values(listed).toSorted((left, right) =>
    compare(`${left.tier} ${left.name}`, `${right.tier} ${right.name}`),
  );
  return [
    `<!-- ${renderedBy.replace('the platform description', 'the catalogue').replace('the description', 'the entry in tools/delivery/src/catalogue')} -->`,
    '',
    '# Infrastructure catalogue',
    '',
    `${entries.length} components that a platform description may name with \`component('<name>', settings)\`.`,
    '',
    '| tier | component | version | licence | image | ports | Kubernetes form | backup |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...entries.map(row),
    '',
    '## Settings and secrets',
    '',
    ...entries.flatMap(details),
  ].join('\n');
}

function row(entry: CatalogueEntry): string {
  const images = [...new Set(entry.containers.map(({ image }) => `\`${image}\``))];
  const ports = [...new Set(entry.containers.flatMap((container) => container.ports.map(({ port }) => port)))];
  return `| ${[
    `${entry.tier} ${tiers[entry.tier]}`,
    `[${entry.name}](${entry.website})`,
    entry.version,
    entry.license,
    images.join('<br>'),
    ports.toSorted((left, right) => left - right).join(', ') || '–',
    kubernetesForm(entry),
    backup(entry),
  ].join(' | ')} |`;
}

function kubernetesForm({ kubernetes }: CatalogueEntry): string {
  if (kubernetes.form === 'workloads') return 'own workloads';
  if (kubernetes.form === 'chart') return `chart ${kubernetes.chart} ${kubernetes.version}`;
  return `operator ${kubernetes.operator.name} ${kubernetes.operator.version}`;
}

function backup(entry: CatalogueEntry): string {
  const method = entry.backup;
  return method.method === 'none'
    ? `none: ${method.because}`
    : `${method.method}, \`${method.schedule}\`, ${method.keepDays} days`;
}

function details(entry: CatalogueEntry): string[] {
  const settings = Object.entries(entry.settings).map(
    ([name, { type, default: value, doc, values }]) =>
      `- \`${name}\` (${values?.join(', ') ?? type}, \`${String(value)}\`): ${doc}`,
  );
  const secrets = entry.secrets.map(
    ({ name, doc, source = 'generated' }) => `- secret \`${name}\` (${source}): ${doc}`,
  );
  const hosts = (entry.interfaces ?? []).map(
    ({ host, ownSignIn }) => `- public host \`${host}\`${ownSignIn ? '' : ', for signed-in staff alone'}`,
  );
  const lines = [...settings, ...secrets, ...hosts];
  return [`### ${entry.title} (\`${entry.name}\`)`, '', entry.doc, '', ...lines, ...(lines.length === 0 ? [] : [''])];
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
