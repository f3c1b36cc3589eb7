import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { renderedBy } from '../yaml.ts';
import { composedSecrets, requiredSecrets } from './external-secret.ts';

const sources = {
  generated: 'made by `plinth secrets`',
  derived: 'put together by `plinth secrets`',
  provided: 'written by you',
} as const;

/** Every Secret object that the pods of an environment wait for, and how it gets into the cluster. */
export function renderSecretList(platform: ResolvedPlatform): string {
  const { environment, cluster } = platform;
  const known = new Map(platform.secrets.map((secret) => [secret.name, secret]));
  const rows = requiredSecrets(platform).map((name) => {
    const secret = known.get(name);
    const doc = secret?.doc.replaceAll('|', '\\|') ?? '';
    return `| \`${name}\` | ${doc} | ${secret === undefined ? '' : sources[secret.source]} |`;
  });
  return [
    `<!-- ${renderedBy} -->`,
    '',
    `# Secrets of ${platform.name} in ${environment}`,
    '',
    `Each is a Secret object of the namespace \`${cluster.namespace}\` whose key \`value\` holds it.`,
    '',
    ...howTo(platform),
    '',
    '| secret | what it is | value |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...composed(platform),
  ].join('\n');
}

/** How objects are made that charts of others are told of: their keys are not ours to choose. */
function composed(platform: ResolvedPlatform): string[] {
  const objects = composedSecrets(platform);
  if (objects.length === 0 || platform.cluster.secretStore === 'external-secrets') return [];
  const isSealed = platform.cluster.secretStore === 'sealed-secrets';
  return [
    `Objects of several keys, put together of files that \`plinth secrets\` makes${isSealed ? ', to be sealed in the same way' : ''}:`,
    '',
    '```sh',
    ...objects.flatMap(({ name, entries }) => [
      `kubectl create secret generic ${name} --namespace ${platform.cluster.namespace} \\`,
      ...entries.map((entry, index) => {
        const source =
          'secret' in entry
            ? `--from-file=${entry.key}=secrets/${entry.secret}`
            : `--from-literal=${entry.key}='${entry.text}'`;
        return `  ${source}${index === entries.length - 1 ? '' : ' \\'}`;
      }),
    ]),
    '```',
    '',
  ];
}

function howTo({ name, environment, cluster }: ResolvedPlatform): string[] {
  const create = `kubectl create secret generic "$secret" --namespace ${cluster.namespace} --from-file=value="secrets/$secret"`;
  if (cluster.secretStore === 'external-secrets')
    return [
      `External Secrets Operator makes them from the ClusterSecretStore \`${name}\`, entries \`${name}/${environment}/<secret>\`.`,
    ];
  if (cluster.secretStore === 'existing') return ['Create each once:', '', '```sh', create, '```'];
  return [
    `Seal each once and commit it to \`${sealedFolder(environment)}\` of the GitOps repository; nobody else can open it:`,
    '',
    '```sh',
    `${create} --dry-run=client --output=yaml |`,
    '  kubeseal --controller-namespace sealed-secrets --controller-name sealed-secrets --format yaml \\',
    `  > "${sealedFolder(environment)}/$secret.yaml"`,
    '```',
  ];
}

/** Where sealed secrets are: not rendered, and outside of what is. */
export function sealedFolder(environment: string): string {
  return `sealed-secrets/${environment}`;
}
