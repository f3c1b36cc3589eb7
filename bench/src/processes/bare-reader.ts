import Fastify from 'fastify';
import pg from 'pg';
import { answerParent } from './answer-parent.ts';

export interface BareQuestion {
  readonly databaseUrl: string;
  readonly tenantId: string;
  readonly poolSize: number;
}

interface AccountRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly currency: string;
  readonly time_zone: string;
  readonly metadata: object;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const sql = `SELECT id, key, name, email, currency, time_zone, metadata, version, created_at, updated_at
  FROM account.accounts WHERE id = $1 AND tenant_id = $2`;

const app = Fastify();
let pool: pg.Pool | undefined;

// What anybody would write by hand for this one query, with nothing around it.
answerParent(
  async ({ databaseUrl, tenantId, poolSize }: BareQuestion): Promise<string> => {
    const database = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
    pool = database;
    app.get<{ Params: { id: string } }>('/api/v1/accounts/:id', async (request, reply) => {
      const { rows } = await database.query<AccountRow>({
        name: 'account',
        text: sql,
        values: [request.params.id, tenantId],
      });
      const row = rows[0];
      if (row === undefined) return reply.status(404).send({ message: 'not found' });
      const { time_zone: timeZone, created_at: createdAt, updated_at: updatedAt, ...rest } = row;
      return { ...rest, timeZone, createdAt, updatedAt };
    });
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  async () => {
    await app.close();
    await pool?.end();
  },
);
