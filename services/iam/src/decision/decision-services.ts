import { tenantContract } from '@plinth/contracts';
import type { IamCore } from '../core.ts';
import { PermissionService } from '../permission/permission.service.ts';
import { DecisionService } from './decision.service.ts';
import { ExplainService } from './explain.service.ts';
import { KnowledgeService } from './knowledge.service.ts';

/** The use cases of asking about access, for controllers and pages alike. */
export interface DecisionServices {
  readonly knowledge: KnowledgeService;
  readonly decisions: DecisionService;
  readonly explanations: ExplainService;
  readonly permissions: PermissionService;
}

const built = new WeakMap<IamCore, DecisionServices>();

/** The services of a running service: the same ones for every part that asks. */
export function decisionServices(core: IamCore): DecisionServices {
  const services = built.get(core) ?? build(core);
  built.set(core, services);
  return services;
}

function build({ database, clock, contracts, places }: IamCore): DecisionServices {
  const knowledge = new KnowledgeService(database, places);
  const decisions = new DecisionService(database, clock, knowledge);
  const tenants = contracts.client(tenantContract);
  return {
    knowledge,
    decisions,
    explanations: new ExplainService({ database, tenants, knowledge, decisions }),
    permissions: new PermissionService(database, clock),
  };
}
