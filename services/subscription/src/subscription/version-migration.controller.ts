import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './version-migration.dto.ts';
import { VersionMigrationService } from './version-migration.service.ts';

@Controller('api/v1')
export class VersionMigrationController {
  readonly #migrations: VersionMigrationService;
  constructor(@Inject(VersionMigrationService) migrations: VersionMigrationService) {
    this.#migrations = migrations;
  }

  @Handles(operations.previewMigration)
  async preview({
    tenantId,
    body,
  }: OperationInput<typeof operations.previewMigration>): Promise<OperationOutput<typeof operations.previewMigration>> {
    const { versions, ...preview } = await this.#migrations.preview(tenantId, body);
    return { ...preview, versions: [...versions] };
  }

  @Handles(operations.migrateVersions)
  async migrate({
    tenantId,
    body,
  }: OperationInput<typeof operations.migrateVersions>): Promise<OperationOutput<typeof operations.migrateVersions>> {
    const { failures, ...summary } = await this.#migrations.migrate(tenantId, body);
    return { ...summary, failures: [...failures] };
  }
}
