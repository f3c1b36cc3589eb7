import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { ComparisonService } from './comparison.service.ts';
import { ConnectionService } from './connection.service.ts';
import * as operations from './kill-bill.dto.ts';
import { MirrorService } from './mirror.service.ts';

@Controller('api/v1')
export class KillBillController {
  readonly #connections: ConnectionService;
  readonly #mirror: MirrorService;
  readonly #comparison: ComparisonService;

  constructor(
    @Inject(ConnectionService) connections: ConnectionService,
    @Inject(MirrorService) mirror: MirrorService,
    @Inject(ComparisonService) comparison: ComparisonService,
  ) {
    this.#connections = connections;
    this.#mirror = mirror;
    this.#comparison = comparison;
  }

  @Handles(operations.getKillBillConnection)
  async getConnection({
    tenantId,
  }: OperationInput<typeof operations.getKillBillConnection>): Promise<
    OperationOutput<typeof operations.getKillBillConnection>
  > {
    return operations.toConnectionResponse(await this.#connections.get(tenantId));
  }

  @Handles(operations.connectKillBill)
  async connect({
    tenantId,
    body,
    ifMatch,
  }: OperationInput<typeof operations.connectKillBill>): Promise<OperationOutput<typeof operations.connectKillBill>> {
    return operations.toConnectionResponse(await this.#connections.save(tenantId, body, ifMatch));
  }

  @Handles(operations.runKillBillMirror)
  async run({
    tenantId,
  }: OperationInput<typeof operations.runKillBillMirror>): Promise<
    OperationOutput<typeof operations.runKillBillMirror>
  > {
    return this.#mirror.run(tenantId);
  }

  @Handles(operations.checkKillBillPlans)
  async checkPlans({
    tenantId,
  }: OperationInput<typeof operations.checkKillBillPlans>): Promise<
    OperationOutput<typeof operations.checkKillBillPlans>
  > {
    return { plans: (await this.#mirror.checkPlans(tenantId)).map(operations.toPlanResponse) };
  }

  @Handles(operations.listKillBillSubscriptions)
  async listSubscriptions({
    tenantId,
    query: { problemsOnly, limit, cursor, accountId },
  }: OperationInput<typeof operations.listKillBillSubscriptions>): Promise<
    OperationOutput<typeof operations.listKillBillSubscriptions>
  > {
    const query = { limit, cursor, accountId, problemsOnly: problemsOnly === 'true' };
    const page = await this.#mirror.listMirrored(tenantId, query);
    return { ...page, data: page.data.map(operations.toMirroredResponse) };
  }

  @Handles(operations.compareWithKillBill)
  async compare({
    tenantId,
    query,
  }: OperationInput<typeof operations.compareWithKillBill>): Promise<
    OperationOutput<typeof operations.compareWithKillBill>
  > {
    const periods = await this.#comparison.compare(tenantId, query.accountId);
    return { periods: periods.map(operations.toPeriodResponse) };
  }
}
