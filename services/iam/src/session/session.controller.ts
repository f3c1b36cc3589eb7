import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './session.dto.ts';
import { toResponse } from './session.dto.ts';
import { SessionService } from './session.service.ts';

@Controller('api/v1')
export class SessionController {
  readonly #sessions: SessionService;
  constructor(@Inject(SessionService) sessions: SessionService) {
    this.#sessions = sessions;
  }

  @Handles(operations.listSessions)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listSessions>): Promise<OperationOutput<typeof operations.listSessions>> {
    const page = await this.#sessions.listOwn(principal, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.renameSession)
  async rename({ principal, params, body }: OperationInput<typeof operations.renameSession>): Promise<undefined> {
    await this.#sessions.renameOwn(principal, params.sessionId, body.name);
  }

  @Handles(operations.revokeSession)
  async revoke({ principal, params }: OperationInput<typeof operations.revokeSession>): Promise<undefined> {
    await this.#sessions.revokeOwn(principal, params.sessionId);
  }

  @Handles(operations.revokeAllSessions)
  async revokeAll({ principal }: OperationInput<typeof operations.revokeAllSessions>): Promise<undefined> {
    await this.#sessions.revokeAllOwn(principal);
  }
}
