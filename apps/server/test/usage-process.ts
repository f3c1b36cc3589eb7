import { createServer } from 'node:http';
import { createLogger, createPool, Database, UsageEmitter } from '@plinth/common';

/**
 * A process of a test: answers `POST /<id>` after it emitted one unit of usage under that id, in a transaction or, where
 * the id ends in an odd digit, without one. Arguments: URL of the database, directory, tenant, port.
 */
const [url = '', directory = '', tenantId = '', port = ''] = process.argv.slice(2);
const log = createLogger({ level: 'silent' });
const pool = createPool({ url, applicationName: 'usage of a test', log });
const database = new Database({ pool, service: 'account', schema: 'account', role: 'plinth_account' });
const emitter = new UsageEmitter({ database, service: 'shop', log, directory });
await emitter.start();

const emitUsage = (id: string): Promise<void> => {
  const usage = { account: 'customer-1', unit: 'order.placed', quantity: '1', id, tenantId };
  if (/[13579]$/.test(id)) return emitter.emit(usage);
  return database.transaction(tenantId, (transaction) => emitter.emit(usage, transaction));
};

createServer((request, response) => {
  void emitUsage(request.url!.slice(1)).then(
    () => response.writeHead(204).end(),
    () => response.writeHead(503).end(),
  );
}).listen(Number(port), '127.0.0.1');
