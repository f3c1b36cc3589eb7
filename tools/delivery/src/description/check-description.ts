import type { ResolvedPlatform } from '../model/platform-model.ts';
import { checkAvailability } from './checks/availability.ts';
import { checkConnectionBudget } from './checks/budgets.ts';
import type { Check, Fault } from './checks/check.ts';
import { checkBundledVariables, checkPageSecrets } from './checks/bundled-variables.ts';
import { checkClusters } from './checks/clusters.ts';
import { checkComponents } from './checks/components.ts';
import { checkCoreDatabase, checkCycles, checkRequirements, checkUnknownDependencies } from './checks/dependencies.ts';
import { checkOrigins, checkRedirects, checkTags } from './checks/exposure.ts';
import { checkHosts, checkNames, checkNamesTaken } from './checks/names.ts';
import { checkNodeFit } from './checks/node-fit.ts';
import { checkObjectives } from './checks/objectives.ts';
import { checkPlainSecrets } from './checks/plain-secrets.ts';
import { checkAllocatedPorts, checkPublishedPorts } from './checks/port-clash.ts';
import { checkAlertRoute, checkReceivers } from './checks/receivers.ts';
import { checkRepeatedValues } from './checks/repeated-value.ts';
import { checkSoldRoutes } from './checks/sold-routes.ts';
import { checkComponentTargets } from './checks/targets.ts';
import { checkMissingVariables, checkSecretSources, checkUnknownVariables } from './checks/variables.ts';
import {
  checkGatewayReplicas,
  checkHealth,
  checkHealthCommands,
  checkLimits,
  checkOverriddenWorkloads,
  checkQuantities,
  checkReplicas,
} from './checks/workloads.ts';
import type { PlatformDescription } from './platform-description.ts';
import { resolvePlatform } from './resolve-platform.ts';

const checks: readonly Check[] = [
  checkNames,
  checkNamesTaken,
  checkHosts,
  checkComponents,
  checkComponentTargets,
  checkQuantities,
  checkOverriddenWorkloads,
  checkAllocatedPorts,
  checkPublishedPorts,
  checkUnknownVariables,
  checkMissingVariables,
  checkSecretSources,
  checkPlainSecrets,
  checkBundledVariables,
  checkPageSecrets,
  checkUnknownDependencies,
  checkCoreDatabase,
  checkRequirements,
  checkCycles,
  checkHealth,
  checkHealthCommands,
  checkLimits,
  checkGatewayReplicas,
  checkReplicas,
  checkAvailability,
  checkConnectionBudget,
  checkNodeFit,
  checkClusters,
  checkRedirects,
  checkOrigins,
  checkTags,
  checkObjectives,
  checkReceivers,
  checkAlertRoute,
  checkRepeatedValues,
  checkSoldRoutes,
];

export interface CheckedDescription {
  readonly faults: readonly Fault[];
  /** Every environment, resolved; to be rendered only when there is no fault. */
  readonly environments: readonly ResolvedPlatform[];
}

/** Resolves a description in each of its environments and reports everything that is wrong with it, all at once. */
export function checkDescription(description: PlatformDescription): CheckedDescription {
  const environments = Object.keys(description.environments).map((name) => resolvePlatform(description, name));
  return { environments, faults: checks.flatMap((check) => check({ description, environments })) };
}
