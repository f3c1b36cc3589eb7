import type { Check } from './check.ts';
import { inEachEnvironment } from './check.ts';

/** Components that only a chart runs, in a platform that is rendered for Compose: they would silently be missing there. */
export const checkComponentTargets: Check = (input) =>
  inEachEnvironment(input, ({ targets, components }) =>
    targets.includes('compose')
      ? components
          .filter(({ entry }) => entry.containers.length === 0)
          .map(({ name, entry }) => ({
            rule: 'component-not-on-target',
            path: ['infrastructure', name],
            message: `${entry.title} exists on Kubernetes only, by its chart, and this platform has the target compose`,
            fix: 'Remove "compose" from the targets, or this component from the infrastructure.',
          }))
      : [],
  );
