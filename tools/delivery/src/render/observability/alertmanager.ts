import type { AlertReceiver, ResolvedPlatform } from '../../model/platform-model.ts';
import { secretsFolder } from '../../model/workload-secrets.ts';
import { renderYaml } from '../yaml.ts';
import type { WatchedPlatform } from './watched-platform.ts';

/** Critical alerts wake somebody up, warnings wait in a channel and a mailbox. Keys and passwords are files. */
export function renderAlertmanagerConfig({ platform, hosts }: WatchedPlatform): string {
  const instance = hosts.get('alertmanager')?.component ?? 'alertmanager';
  const title = '[{{ .Status }}] {{ .CommonLabels.alertname }}{{ with .CommonLabels.service }} ({{ . }}){{ end }}';
  return renderYaml({
    global: { resolve_timeout: '5m', ...mailServer(platform, hosts, `${secretsFolder}/${instance}-smtp-password`) },
    route: {
      receiver: 'warning',
      group_by: ['alertname', 'service'],
      group_wait: '10s',
      group_interval: '10s',
      repeat_interval: '12h',
      routes: [
        { matchers: ['severity="critical"'], receiver: 'critical' },
        { matchers: ['severity="warning"'], receiver: 'warning' },
      ],
    },
    inhibit_rules: [
      {
        // One message about a budget is enough, and the one that burns faster says more.
        source_matchers: ['severity="critical"', 'objective!=""'],
        target_matchers: ['severity="warning"', 'objective!=""'],
        equal: ['service', 'objective'],
      },
    ],
    receivers: (['critical', 'warning'] as const).map((severity) => receiverOf(platform, severity, title)),
  });
}

/** Everybody who is told of alerts of a severity, by the kinds of Alertmanager. */
function receiverOf(platform: ResolvedPlatform, severity: 'critical' | 'warning', title: string) {
  const configs = new Map<string, Record<string, unknown>[]>();
  for (const receiver of platform.notify[severity]) {
    const key = `${receiver.kind}_configs`;
    configs.set(key, [...(configs.get(key) ?? []), configOf(platform, receiver, { severity, title })]);
  }
  return { name: severity, ...Object.fromEntries(configs) };
}

function configOf(
  platform: ResolvedPlatform,
  receiver: AlertReceiver,
  { severity, title }: { readonly severity: string; readonly title: string },
): Record<string, unknown> {
  switch (receiver.kind) {
    case 'pagerduty':
      return {
        routing_key_file: `${secretsFolder}/${receiver.secret}`,
        severity,
        description: title,
        details: { environment: platform.environment, platform: platform.name },
      };
    case 'slack':
      return {
        api_url_file: `${secretsFolder}/${receiver.secret}`,
        channel: receiver.channel,
        send_resolved: true,
        title,
        text: '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ end }}',
      };
    case 'email':
      return { to: receiver.to, send_resolved: true, headers: { Subject: title } };
    case 'webhook':
      return { url_file: `${secretsFolder}/${receiver.secret}`, send_resolved: true };
  }
}

/** The platform's own mail server, or the one that the domain's name promises. */
function mailServer(platform: ResolvedPlatform, hosts: WatchedPlatform['hosts'], passwordFile: string) {
  const from = `alerts@${platform.domain}`;
  const catcher = hosts.get('mailpit');
  const server = hosts.get('stalwart');
  if (server === undefined && catcher !== undefined)
    return { smtp_from: from, smtp_smarthost: `${catcher.name}:1025`, smtp_require_tls: false };
  return {
    smtp_from: from,
    smtp_smarthost: `${server?.name ?? `mail.${platform.domain}`}:587`,
    smtp_auth_username: from,
    smtp_auth_password_file: passwordFile,
    smtp_require_tls: true,
  };
}
