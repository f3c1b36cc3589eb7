import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './test-clock.dto.ts';
import { TestClockService } from './test-clock.service.ts';

@Controller('api/v1')
export class TestClockController {
  readonly #clocks: TestClockService;
  constructor(@Inject(TestClockService) clocks: TestClockService) {
    this.#clocks = clocks;
  }

  @Handles(operations.getTestClock)
  async get({
    tenantId,
  }: OperationInput<typeof operations.getTestClock>): Promise<OperationOutput<typeof operations.getTestClock>> {
    const { sandbox, testClock } = await this.#clocks.getClock(tenantId);
    return { sandbox, testClock: testClock?.toISOString() ?? null };
  }

  @Handles(operations.advanceTestClock)
  async advance({
    tenantId,
    body,
  }: OperationInput<typeof operations.advanceTestClock>): Promise<OperationOutput<typeof operations.advanceTestClock>> {
    const { from, now, steps, done } = await this.#clocks.advance(tenantId, new Date(body.to));
    return { from: from.toISOString(), now: now.toISOString(), steps, done: Object.fromEntries(done) };
  }
}
