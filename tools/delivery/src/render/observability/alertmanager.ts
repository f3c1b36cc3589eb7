import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { renderYaml } from '../yaml.ts';
import type { WatchedPlatform } from './watched-platform.ts';

/** Critical alerts wake somebody up, warnings wait in a channel and a mailbox. Keys and passwords are files. */
export function renderAlertmanagerConfig({ platform, hosts }: WatchedPlatform): string {
  const instance = hosts.get('alertmanager')?.component ?? 'alertmanager';
  const secret = (name: string) => `/run/secrets/${instance}-${name}`;
  const title = '[{{ .Status }}] {{ .CommonLabels.alertname }}{{ with .CommonLabels.service }} ({{ . }}){{ end }}';
  return renderYaml({
    global: { resolve_timeout: '5m', ...mailServer(platform, hosts, secret('smtp-password')) },
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
    receivers: platform.cluster.airGapped ? mailOnly(platform, title) : receiversOf(platform, secret, title),
  });
}

/** Nobody outside can be called from a cluster without internet: everything goes to the mailbox inside. */
function mailOnly({ notify }: ResolvedPlatform, title: string) {
  const email = [{ to: notify.email, send_resolved: true, headers: { Subject: title } }];
  return ['critical', 'warning'].map((name) => ({ name, email_configs: email }));
}

function receiversOf(platform: ResolvedPlatform, secret: (name: string) => string, title: string) {
  return [
    {
      name: 'critical',
      pagerduty_configs: [
        {
          routing_key_file: secret('pagerduty-key'),
          severity: 'critical',
          description: title,
          details: { environment: platform.environment, platform: platform.name },
        },
      ],
    },
    {
      name: 'warning',
      slack_configs: [
        {
          api_url_file: secret('slack-url'),
          channel: platform.notify.slackChannel,
          send_resolved: true,
          title,
          text: '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ end }}',
        },
      ],
      email_configs: [{ to: platform.notify.email, send_resolved: true, headers: { Subject: title } }],
    },
  ];
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
