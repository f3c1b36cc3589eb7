import type { z } from 'zod';

/** One procedure that a service offers to other services. Input and output are checked where they cross a process. */
export interface ProcedureDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export type ProcedureMap = Readonly<Record<string, ProcedureDefinition>>;

/** What a service offers to other services: called as functions in one process, over HTTP across processes. */
export interface ServiceContract<Procedures extends ProcedureMap = ProcedureMap> {
  readonly service: string;
  readonly procedures: Procedures;
}

/** The functions behind a contract: the callee implements them, the caller receives them. */
export type ContractFunctions<Contract extends ServiceContract> = {
  readonly [Name in keyof Contract['procedures']]: (
    input: z.input<Contract['procedures'][Name]['input']>,
  ) => Promise<z.output<Contract['procedures'][Name]['output']>>;
};

/** Defines a service's contract. */
export function defineContract<const Procedures extends ProcedureMap>(
  service: string,
  procedures: Procedures,
): ServiceContract<Procedures> {
  return { service, procedures };
}
