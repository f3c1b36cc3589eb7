import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { renderedBy } from '../yaml.ts';
import { resolveAddOns, type AddOn } from './add-ons.ts';
import { baseEnvironment } from './environments.ts';
import { vendoredPath } from './gitops-layout.ts';

/**
 * What a cluster must have before the first environment, with the commands for those who install by hand. Each
 * operator is a release of its own: network policies and `kubeseal` name its namespace, and a release has only one.
 * Undefined when the platform needs none.
 */
export function renderOperatorList(environments: readonly ResolvedPlatform[]): string | undefined {
  const platform = baseEnvironment(environments);
  const addOns = resolveAddOns(environments);
  if (addOns.length === 0) return undefined;
  const { airGapped } = platform.cluster;
  const fetched = addOns.filter(({ source }) => source !== 'rendered');
  return [
    `<!-- ${renderedBy} -->`,
    '',
    `# Operators of ${platform.name}`,
    '',
    'Installed once for a cluster, before the first environment. Argo CD and Flux do it by themselves; by hand, in this folder’s parent:',
    '',
    '```sh',
    ...addOns.map((addOn) => installCommand(addOn, airGapped)),
    '```',
    '',
    ...(airGapped && fetched.length > 0 ? fetchSteps(fetched) : []),
    '| operator | namespace | version |',
    '| --- | --- | --- |',
    ...addOns.map(({ name, namespace, version }) => `| ${name} | \`${namespace}\` | ${version} |`),
    '',
  ].join('\n');
}

/** The cluster reaches nothing: charts and manifests are unpacked elsewhere and committed beside the rendered folders. */
function fetchSteps(addOns: readonly AddOn[]): string[] {
  return [
    'The cluster fetches nothing. Where there is a network, unpack them in the root of the GitOps repository and commit them; the images that they name must be in the registry or on the nodes:',
    '',
    '```sh',
    ...addOns.flatMap(fetchCommands),
    '```',
    '',
  ];
}

function installCommand(addOn: AddOn, airGapped: boolean): string {
  const { name, namespace, source, chart, values } = addOn;
  const vendored = `../${vendoredPath(name)}`;
  if (source === 'rendered') return `kubectl apply --server-side --filename ${chart}/${name}.yaml`;
  if (source === 'git') {
    const origin = airGapped ? `--filename ${vendored}` : `--kustomize '${folderAddress(addOn)}'`;
    return `kubectl apply --server-side ${origin}`;
  }
  const origin = airGapped ? vendored : chartAddress(addOn);
  const settings = Object.entries(values).map(([key, value]) => ` --set-json '${key}=${JSON.stringify(value)}'`);
  return `helm upgrade --install ${name} ${origin} --namespace ${namespace} --create-namespace --wait${settings.join('')}`;
}

function fetchCommands(addOn: AddOn): string[] {
  const { name, source, chart } = addOn;
  const folder = vendoredPath(name);
  if (source === 'git')
    return [`mkdir -p ${folder}`, `kubectl kustomize '${folderAddress(addOn)}' > ${folder}/manifests.yaml`];
  return [
    `helm pull ${chartAddress(addOn)} --untar --untardir third-party`,
    ...(chart === name ? [] : [`mv third-party/${chart} ${folder}`]),
  ];
}

function chartAddress({ repository, chart, version }: AddOn): string {
  return repository.startsWith('oci://')
    ? `${repository}/${chart} --version ${version}`
    : `${chart} --repo ${repository} --version ${version}`;
}

function folderAddress({ repository, chart, version }: AddOn): string {
  return `${repository}//${chart}?ref=${version}`;
}
