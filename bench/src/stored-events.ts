import pg from 'pg';

/** Throws unless a tenant has so many events, and its roll-ups count as many: none is lost, none counted twice. */
export async function assertStored(databaseUrl: string, tenantId: string, events: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ stored: number; counted: number }>(
      `SELECT (SELECT count(*) FROM metering.events WHERE tenant_id = $1)::int AS stored, (SELECT sum(events) FROM metering.usage_windows WHERE tenant_id = $1)::int AS counted`,
      [tenantId],
    );
    const [found] = rows;
    if (found?.stored !== events || found.counted !== events)
      throw new Error(`${events} events were sent, ${found?.stored} are stored and ${found?.counted} are counted`);
  } finally {
    await client.end();
  }
}
