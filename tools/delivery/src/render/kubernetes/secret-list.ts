import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { renderedBy } from '../yaml.ts';
import { requiredSecrets } from './external-secret.ts';

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
  ].join('\n');
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
