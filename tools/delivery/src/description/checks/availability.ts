import { memberNames } from '../component-index.ts';
import type { Check } from './check.ts';
import { inEachEnvironment } from './check.ts';

/** What is called highly available has no part of which a single copy runs. */
export const checkAvailability: Check = (input) =>
  inEachEnvironment(input, ({ environment, components, workloads }) =>
    components.flatMap((component) =>
      component.entry.containers.flatMap((container) => {
        const least = container.replicas ?? 1;
        return workloads
          .filter(({ name, replicas }) => memberNames(component, container).includes(name) && replicas < least)
          .map(({ name, replicas }) => ({
            rule: 'single-replica',
            path:
              input.description.environments[environment]?.replicas?.[name] === undefined
                ? ['replicas', name]
                : ['environments', environment, 'replicas', name],
            message: `${replicas} of ${name} is less than the ${least} that let ${component.entry.title} outlive one of them`,
            fix: `Run ${least} or more; where one is enough, use a component that promises no more.`,
          }));
      }),
    ),
  );
