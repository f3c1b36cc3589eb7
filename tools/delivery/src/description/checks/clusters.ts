import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { groupByCluster } from '../../model/cluster.ts';
import type { Check, Fault } from './check.ts';

/** What two environments of one cluster may not share, since one would take the place of the other. */
const own: readonly {
  readonly what: string;
  readonly of: (platform: ResolvedPlatform) => string;
  readonly fix: string;
}[] = [
  {
    what: 'namespace',
    of: ({ cluster }) => cluster.namespace,
    fix: 'Leave cluster.namespace out: every environment then has one of its own. Or give it a cluster of its own.',
  },
  {
    what: 'domain',
    of: ({ domain }) => domain,
    fix: 'Give each a domain of its own, or a cluster of its own.',
  },
];

/** Environments that land on one cluster and would overwrite each other there, or describe its node differently. */
export const checkClusters: Check = ({ environments }) =>
  groupByCluster(environments).flatMap(({ name, environments: together }) =>
    together.slice(1).flatMap((platform, index): Fault[] => {
      const before = together.slice(0, index + 1);
      const path = ['environments', platform.environment, 'cluster'];
      const clash = (message: string, fix: string): Fault => ({ rule: 'cluster-clash', path, message, fix });
      const node = JSON.stringify(platform.node);
      const otherNode = before.find((other) => JSON.stringify(other.node) !== node);
      return [
        ...own.flatMap(({ what, of, fix }) => {
          const taken = before.find((other) => of(other) === of(platform));
          return taken === undefined
            ? []
            : [
                clash(
                  `${platform.environment} and ${taken.environment} are on cluster ${name} with the ${what} ${of(platform)}`,
                  fix,
                ),
              ];
        }),
        ...(otherNode === undefined
          ? []
          : [
              clash(
                `${platform.environment} and ${otherNode.environment} are on cluster ${name} and declare different nodes`,
                'Declare the node once, for the whole platform, or give each a cluster of its own.',
              ),
            ]),
      ];
    }),
  );
