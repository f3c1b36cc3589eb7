import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { renderAlertmanagerConfig } from './alertmanager.ts';
import { buildInput } from './observability.builders.ts';
import { watchPlatform } from './watched-platform.ts';

function receiversOf(notify: ResolvedPlatform['notify']) {
  const { platform } = buildInput(['gateway', 'iam'], { prometheus: 9090, alertmanager: 9093 }, { notify });
  return parse(renderAlertmanagerConfig(watchPlatform(platform))).receivers;
}

test('tells everybody who is named, each kind in its own way and with its secret as a file', () => {
  const receivers = receiversOf({
    critical: [
      { kind: 'pagerduty', secret: 'night-key' },
      { kind: 'webhook', secret: 'screen-url' },
      { kind: 'email', to: 'night@example.com' },
      { kind: 'email', to: 'lead@example.com' },
    ],
    warning: [{ kind: 'slack', channel: '#shop', secret: 'shop-slack' }],
  });
  expect(receivers).toMatchObject([
    {
      name: 'critical',
      pagerduty_configs: [{ routing_key_file: '/run/secrets/night-key', severity: 'critical' }],
      webhook_configs: [{ url_file: '/run/secrets/screen-url', send_resolved: true }],
      email_configs: [{ to: 'night@example.com' }, { to: 'lead@example.com' }],
    },
    { name: 'warning', slack_configs: [{ api_url_file: '/run/secrets/shop-slack', channel: '#shop' }] },
  ]);
});

test('gives a warning at PagerDuty the severity of a warning', () => {
  const [, warning] = receiversOf({ critical: [], warning: [{ kind: 'pagerduty', secret: 'key' }] });
  expect(warning.pagerduty_configs[0].severity).toBe('warning');
});
