import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './division.dto.ts';
import { toResponse } from './division.dto.ts';
import { DivisionService } from './division.service.ts';

@Controller('api/v1')
export class DivisionController {
  readonly #divisions: DivisionService;
  constructor(@Inject(DivisionService) divisions: DivisionService) {
    this.#divisions = divisions;
  }

  @Handles(operations.createDivision)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createDivision>): Promise<OperationOutput<typeof operations.createDivision>> {
    return toResponse(await this.#divisions.createDivision(principal, body));
  }

  @Handles(operations.listDivisions)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listDivisions>): Promise<OperationOutput<typeof operations.listDivisions>> {
    const page = await this.#divisions.listDivisions(principal, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getDivision)
  async get({
    principal,
    params,
  }: OperationInput<typeof operations.getDivision>): Promise<OperationOutput<typeof operations.getDivision>> {
    return toResponse(await this.#divisions.getDivision(principal, params.divisionId));
  }

  @Handles(operations.updateDivision)
  async update({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateDivision>): Promise<OperationOutput<typeof operations.updateDivision>> {
    return toResponse(await this.#divisions.updateDivision(principal, params.divisionId, body, ifMatch));
  }

  @Handles(operations.moveDivision)
  async move({
    principal,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.moveDivision>): Promise<OperationOutput<typeof operations.moveDivision>> {
    return toResponse(await this.#divisions.moveDivision(principal, params.divisionId, body.parentId, ifMatch));
  }

  @Handles(operations.deleteDivision)
  async remove({ principal, params }: OperationInput<typeof operations.deleteDivision>): Promise<undefined> {
    await this.#divisions.deleteDivision(principal, params.divisionId);
  }
}
