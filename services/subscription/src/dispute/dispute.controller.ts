import { Controller, Inject } from '@nestjs/common';
import { Handles, InvalidInputError, type OperationInput, type OperationOutput } from '@plinth/common';
import { toCreditRequest } from '../credit-note/credit-note.dto.ts';
import { requestKeyOf } from '../payment/request-key.ts';
import { DisputeActions, type DisputeAction } from './dispute-action.service.ts';
import * as operations from './dispute.dto.ts';
import { toResponse, toTimelineResponse } from './dispute.dto.ts';
import { DisputeService } from './dispute.service.ts';
import { SnapshotService } from './snapshot.service.ts';

type Response = OperationOutput<typeof operations.getDispute>;

@Controller('api/v1')
export class DisputeController {
  readonly #disputes: DisputeService;
  readonly #actions: DisputeActions;
  readonly #snapshots: SnapshotService;
  constructor(
    @Inject(DisputeService) disputes: DisputeService,
    @Inject(DisputeActions) actions: DisputeActions,
    @Inject(SnapshotService) snapshots: SnapshotService,
  ) {
    this.#disputes = disputes;
    this.#actions = actions;
    this.#snapshots = snapshots;
  }

  @Handles(operations.openDispute)
  async open({ principal, body }: OperationInput<typeof operations.openDispute>): Promise<Response> {
    return toResponse(await this.#disputes.open(principal, { ...body, chargebackId: body.chargebackId ?? null }));
  }

  @Handles(operations.listDisputes)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listDisputes>): Promise<OperationOutput<typeof operations.listDisputes>> {
    const page = await this.#disputes.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getDispute)
  async get({ tenantId, params }: OperationInput<typeof operations.getDispute>): Promise<Response> {
    return toResponse(await this.#disputes.get(tenantId, params.disputeId));
  }

  @Handles(operations.updateDispute)
  async update({
    principal,
    params,
    body: { assigneeId, chargebackId },
    ifMatch,
  }: OperationInput<typeof operations.updateDispute>): Promise<Response> {
    const target = { id: params.disputeId, ifMatch };
    if (chargebackId === undefined && assigneeId !== undefined)
      return toResponse(await this.#disputes.assign(principal, target, assigneeId));
    if (chargebackId !== undefined && assigneeId === undefined)
      return toResponse(await this.#disputes.linkChargeback(principal, target, chargebackId));
    throw new InvalidInputError([{ path: '/', message: 'must have one of assigneeId and chargebackId' }]);
  }

  @Handles(operations.investigateDispute)
  async investigate({ principal, params }: OperationInput<typeof operations.investigateDispute>): Promise<Response> {
    return toResponse(await this.#disputes.investigate(principal, params.disputeId));
  }

  @Handles(operations.closeDispute)
  async close({ principal, params, body, ifMatch }: OperationInput<typeof operations.closeDispute>): Promise<Response> {
    const target = { id: params.disputeId, ifMatch };
    return toResponse(await this.#disputes.close(principal, target, body.status, body.outcome));
  }

  @Handles(operations.addDisputeNote)
  async addNote({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.addDisputeNote>): Promise<OperationOutput<typeof operations.addDisputeNote>> {
    return toTimelineResponse(await this.#disputes.addNote(principal, params.disputeId, body.text));
  }

  @Handles(operations.listDisputeTimeline)
  async listTimeline({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listDisputeTimeline>): Promise<
    OperationOutput<typeof operations.listDisputeTimeline>
  > {
    const page = await this.#disputes.listTimeline(tenantId, params.disputeId, query);
    return { ...page, data: page.data.map(toTimelineResponse) };
  }

  @Handles(operations.getDisputeSnapshot)
  async getSnapshot({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.getDisputeSnapshot>): Promise<
    OperationOutput<typeof operations.getDisputeSnapshot>
  > {
    const { items, takenAt, ...page } = await this.#snapshots.getPart(
      tenantId,
      params.disputeId,
      params.part,
      query.cursor,
    );
    return { ...page, data: [...items], takenAt: takenAt.toISOString() };
  }

  @Handles(operations.actOnDispute)
  async act({
    principal,
    params,
    body,
    headers,
  }: OperationInput<typeof operations.actOnDispute>): Promise<OperationOutput<typeof operations.actOnDispute>> {
    const key = requestKeyOf(principal, headers);
    const result = await this.#actions.act(principal, params.disputeId, toAction(body), key);
    return { action: body.action, result };
  }
}

function toAction(body: OperationInput<typeof operations.actOnDispute>['body']): DisputeAction {
  switch (body.action) {
    case 'refund':
    case 'write_off':
      return { ...body, amountMinor: body.amountMinor === undefined ? undefined : BigInt(body.amountMinor) };
    case 'credit': {
      const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
      return { ...body, amountMinor: BigInt(body.amountMinor), expiresAt };
    }
    case 'credit_note': {
      const { action, invoiceId, reason } = body;
      return { action, invoiceId, reason, request: toCreditRequest(body) };
    }
    default:
      return body;
  }
}
