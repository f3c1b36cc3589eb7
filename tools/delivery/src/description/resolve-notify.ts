import type { AlertReceiver, NotificationSettings, SecretDefinition, Workload } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import type { Component, ComponentIndex } from './component-index.ts';
import type { ReceiverDescription } from './platform-description.ts';

/** Receivers of an environment as they are described, with those that are usual where a severity has none. */
export function describeReceivers(view: EnvironmentView, index: ComponentIndex) {
  const { description, override } = view;
  const given = { ...description.notify, ...override.notify };
  const email = { kind: 'email', to: given.email ?? `ops@${description.domain}` } as const;
  const instance = index.find('alertmanager')?.name ?? 'alertmanager';
  const pagerDuty = { name: `${instance}-pagerduty-key`, provided: 'integration key of the PagerDuty service' };
  const slack = { name: `${instance}-slack-url`, provided: 'address of the incoming webhook of Slack' };
  const channel = given.slackChannel ?? '#alerts';
  // Nobody outside can be called from a cluster without internet: everything goes to the mailbox inside.
  const isClosed = description.cluster?.airGapped === true;
  const usual: Readonly<Record<'critical' | 'warning', readonly ReceiverDescription[]>> = isClosed
    ? { critical: [email], warning: [email] }
    : {
        critical: [{ kind: 'pagerduty', secret: pagerDuty }],
        warning: [{ kind: 'slack', channel, secret: slack }, email],
      };
  return { critical: given.critical ?? usual.critical, warning: given.warning ?? usual.warning };
}

/** The same, with names of secrets in place of where they come from. */
export function resolveNotify(view: EnvironmentView, index: ComponentIndex): NotificationSettings {
  const { critical, warning } = describeReceivers(view, index);
  return { critical: critical.map(resolveReceiver), warning: warning.map(resolveReceiver) };
}

function resolveReceiver(receiver: ReceiverDescription): AlertReceiver {
  return receiver.kind === 'email' ? receiver : { ...receiver, secret: receiver.secret.name };
}

/** Secrets of all receivers. */
export function receiverSecrets(view: EnvironmentView, index: ComponentIndex): Omit<SecretDefinition, 'workloads'>[] {
  const { critical, warning } = describeReceivers(view, index);
  return [...critical, ...warning].flatMap((receiver) =>
    receiver.kind === 'email'
      ? []
      : [{ name: receiver.secret.name, doc: `alerts: ${receiver.secret.provided}`, source: 'provided' as const }],
  );
}

/** Gives Alertmanager the secrets of its receivers, and no others. */
export function withReceiverSecrets(
  workload: Workload,
  { entry }: Component,
  secrets: readonly { readonly name: string }[],
): Workload {
  if (!entry.provides.includes('alerts')) return workload;
  const names = [...workload.secretFiles, ...secrets.map(({ name }) => name)];
  return { ...workload, secretFiles: [...new Set(names)].toSorted() };
}
