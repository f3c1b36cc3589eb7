import type { Check, Fault } from './check.ts';

/** Upper bounds in seconds of the histogram that services export: a latency between two of them is not measured. */
export const latencyBounds: readonly number[] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Below, the fastest burn rate would ask for more failures than there are requests; above, hardly one may fail. */
const leastShare = 0.94;
const mostShare = 0.99999;

/** Objectives that cannot be kept or broken: of what is not measured, or without a budget. */
export const checkObjectives: Check = ({ description }) => {
  const services = new Set((description.services ?? []).map(({ name }) => name));
  return Object.entries(description.objectives ?? {}).flatMap(([service, { availability, latency }]): Fault[] => {
    const path = ['objectives', service];
    if (!services.has(service))
      return [
        {
          rule: 'unknown-workload',
          path,
          message: `there is no core service "${service}", and requests of others are not measured`,
          fix: 'Name one of the services.',
        },
      ];
    const shares = [
      { share: availability, at: [...path, 'availability'] },
      { share: latency?.target, at: [...path, 'latency', 'target'] },
    ];
    return [
      ...shares
        .filter(({ share }) => share !== undefined && !(share >= leastShare && share <= mostShare))
        .map(({ share, at }): Fault => ({
          rule: 'objective-invalid',
          path: at,
          message: `${share} is no share of requests for which alerts can tell that a budget burns`,
          fix: `Write a number from ${leastShare} to ${mostShare}, as 0.999.`,
        })),
      ...(latency?.within === undefined || latencyBounds.includes(latency.within)
        ? []
        : [
            {
              rule: 'objective-invalid',
              path: [...path, 'latency', 'within'],
              message: `requests within ${latency.within} s are not counted`,
              fix: `Choose one of ${latencyBounds.join(', ')}.`,
            },
          ]),
    ];
  });
};
