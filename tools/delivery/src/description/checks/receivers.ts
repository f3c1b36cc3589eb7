import type { NotificationDescription, ReceiverDescription } from '../platform-description.ts';
import type { Check, Fault } from './check.ts';
import { inEachEnvironment } from './check.ts';

/** A name of a file and of a Kubernetes Secret. */
const secretName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const address = /^[^\s@]+@[^\s@]+$/;

/** Rules that nobody hears of when they fire. */
export const checkAlertRoute: Check = (input) =>
  inEachEnvironment(input, ({ components }) => {
    const prometheus = components.find(({ entry }) => entry.name === 'prometheus');
    if (prometheus === undefined || components.some(({ entry }) => entry.provides.includes('alerts'))) return [];
    return [
      {
        rule: 'alert-unheard',
        path: ['infrastructure', prometheus.name],
        message: 'Prometheus finds what is wrong, and there is nobody to pass it on',
        fix: "Add component('alertmanager') to the infrastructure.",
      },
    ];
  });

/** Alerts that reach nobody, and receivers that cannot be reached. */
export const checkReceivers: Check = ({ description }) => {
  const given: readonly { readonly notify: NotificationDescription | undefined; readonly path: readonly string[] }[] = [
    { notify: description.notify, path: ['notify'] },
    ...Object.entries(description.environments).map(([name, { notify }]) => ({
      notify,
      path: ['environments', name, 'notify'],
    })),
  ];
  const isClosed = description.cluster?.airGapped === true;
  return given.flatMap(({ notify = {}, path }) =>
    (['critical', 'warning'] as const).flatMap((severity): Fault[] => {
      const receivers = notify[severity];
      const at = [...path, severity];
      if (receivers === undefined) return [];
      if (receivers.length === 0)
        return [
          {
            rule: 'alert-unheard',
            path: at,
            message: `nobody is told of alerts that are ${severity}`,
            fix: 'Name a receiver, or leave the list out for the usual ones.',
          },
        ];
      return receivers.flatMap((receiver, index) => complaintsAbout(receiver, [...at, String(index)], isClosed));
    }),
  );
};

function complaintsAbout(receiver: ReceiverDescription, path: readonly string[], isClosed: boolean): Fault[] {
  if (receiver.kind === 'email')
    return address.test(receiver.to)
      ? []
      : [
          {
            rule: 'receiver-invalid',
            path: [...path, 'to'],
            message: `"${receiver.to}" is no mail address`,
            fix: 'Write somebody@example.com.',
          },
        ];
  return [
    ...(secretName.test(receiver.secret.name)
      ? []
      : [
          {
            rule: 'receiver-invalid',
            path: [...path, 'secret', 'name'],
            message: `"${receiver.secret.name}" cannot be the name of a secret`,
            fix: 'Use lower-case letters, digits and hyphens; the value is written to the file of that name.',
          },
        ]),
    // A webhook may be inside.
    ...(isClosed && receiver.kind !== 'webhook'
      ? [
          {
            rule: 'receiver-unreachable',
            path,
            message: `${receiver.kind} is outside of a cluster that reaches nothing outside`,
            fix: 'Tell by email or by a webhook of the same network.',
          },
        ]
      : []),
  ];
}
