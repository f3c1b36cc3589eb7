import {
  accountContract,
  auditContract,
  iamContract,
  meteringContract,
  productContract,
  subscriptionContract,
  tenantContract,
  type ServiceContract,
} from '@plinth/contracts';
import {
  CONTRACT_PATH,
  callLocalProcedure,
  findRequestContext,
  NotFoundError,
  UnauthenticatedError,
  verifyInternalToken,
  type ContractClients,
  type Secret,
} from '@plinth/common';
import type { FastifyInstance } from 'fastify';

const contracts: ReadonlyMap<string, ServiceContract> = new Map(
  [
    accountContract,
    auditContract,
    iamContract,
    meteringContract,
    productContract,
    subscriptionContract,
    tenantContract,
  ].map((contract) => [contract.service, contract]),
);

/** Answers calls of other processes to the contracts of the services that run here. */
export function addContractRoutes(app: FastifyInstance, clients: ContractClients, internalSecret: Secret): void {
  app.post<{ Params: { service: string; procedure: string } }>(
    `${CONTRACT_PATH}/:service/:procedure`,
    { bodyLimit: 16 * 1024 * 1024 },
    async (request) => {
      const { service, procedure } = request.params;
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) throw new UnauthenticatedError();
      const principal = verifyInternalToken(token, service, internalSecret, Date.now());
      const contract = contracts.get(service);
      if (contract === undefined || !Object.hasOwn(contract.procedures, procedure))
        throw new NotFoundError('procedure', `${service}/${procedure}`);
      const context = findRequestContext();
      if (context !== undefined) context.principal = principal;
      return { result: await callLocalProcedure(clients, contract, procedure, request.body) };
    },
  );
}
