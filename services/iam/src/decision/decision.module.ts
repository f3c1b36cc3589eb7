import type { IamCore, IamModule } from '../core.ts';
import { PermissionController } from '../permission/permission.controller.ts';
import { PermissionService } from '../permission/permission.service.ts';
import { AuthzenController } from './authzen.controller.ts';
import { authzenMetadata, authzenMetadataPath } from './authzen-metadata.ts';
import { DecisionController } from './decision.controller.ts';
import { DecisionService } from './decision.service.ts';
import { decisionServices } from './decision-services.ts';
import { EntityService } from './entity.service.ts';
import { ExplainService } from './explain.service.ts';
import { SearchService } from './search.service.ts';

export function createDecisionModule(core: IamCore): IamModule {
  const { database, clock, places, publicUrl } = core;
  const { knowledge, decisions, explanations, permissions } = decisionServices(core);
  return {
    controllers: [AuthzenController, DecisionController, PermissionController],
    providers: [
      { provide: DecisionService, useValue: decisions },
      { provide: SearchService, useValue: new SearchService(database, knowledge, places) },
      { provide: ExplainService, useValue: explanations },
      { provide: EntityService, useValue: new EntityService(database, clock) },
      { provide: PermissionService, useValue: permissions },
    ],
    plugin: async (app) => {
      app.get(authzenMetadataPath, async (_request, reply) =>
        reply.header('cache-control', 'public, max-age=3600').send(authzenMetadata(publicUrl)),
      );
    },
    jobs: [{ name: 'iam.remove-old-decisions', schedule: '20 3 * * *', run: () => decisions.removeOld() }],
  };
}
