import type { Check } from './check.ts';

/**
 * Every edge that is rendered asks the platform before a request and never sees its answer again: quotas hold there, and
 * nobody but the service can say what was answered.
 */
export const checkSoldRoutes: Check = ({ description }) =>
  (description.services ?? []).flatMap(({ name, routes }) =>
    routes
      .filter(({ usage }) => usage !== undefined && usage.emittedBy !== 'service')
      .map(({ path, usage }) => ({
        rule: 'usage-not-emitted',
        path: ['services', name, 'routes', path, 'usage'],
        message: `${path} of ${name} is sold as ${usage?.unit ?? ''}, and only the embedded gateway would count its answers`,
        fix: "Emit the usage in the service with UsageEmitter, and say emittedBy: 'service'.",
      })),
  );
