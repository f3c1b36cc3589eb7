import type { Check, Fault } from './check.ts';
import { applicationsWithPaths, inEachEnvironment, pathOfWorkload } from './check.ts';

/** A port that an application names is its own over all products, so that it is the same on every machine. */
export const checkAllocatedPorts: Check = ({ description }) => {
  const owners = new Map<number, string>();
  return applicationsWithPaths(description).flatMap(({ application, path }): Fault[] => {
    const { port, name, type } = application;
    if (port === undefined) return [];
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return [
        { rule: 'port-invalid', path: [...path, 'port'], message: `${port} is no port`, fix: 'Choose 1 to 65535.' },
      ];
    const owner = owners.get(port);
    // Images of others listen where their makers chose.
    if (type === 'image') return [];
    owners.set(port, owner ?? name);
    if (owner === undefined) return [];
    return [
      {
        rule: 'port-clash',
        path: [...path, 'port'],
        message: `port ${port} belongs to ${owner} already`,
        fix: 'Give each application a port of its own.',
      },
    ];
  });
};

/** A port of the host can be published once. */
export const checkPublishedPorts: Check = (input) =>
  inEachEnvironment(input, (platform) => {
    const published = platform.workloads.flatMap(({ name, published: ports }) =>
      ports.map(({ hostPort }) => ({ name, hostPort })),
    );
    return published.flatMap(({ name, hostPort }, index) => {
      const first = published.findIndex((other) => other.hostPort === hostPort);
      if (first === index) return [];
      return [
        {
          rule: 'port-clash',
          path: pathOfWorkload(input, platform, name),
          message: `port ${hostPort} of the host is published by ${published[first]?.name ?? ''} and by ${name}`,
          fix: 'Change the port of one in its settings, or leave one out.',
        },
      ];
    });
  });
