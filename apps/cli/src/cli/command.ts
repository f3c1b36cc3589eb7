import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

/** One `--option` of a command. */
export interface OptionDefinition {
  readonly type: 'string' | 'integer' | 'boolean';
  readonly doc: string;
  /** What stands for the value in the help text. */
  readonly value?: string;
  readonly default?: string;
}

/** A positional argument of a command. */
export interface ArgumentDefinition {
  readonly name: string;
  readonly doc: string;
  /** Takes all that follow. */
  readonly many?: boolean;
  readonly required?: boolean;
}

export type OptionTable = Readonly<Record<string, OptionDefinition>>;

type OptionValue<Option extends OptionDefinition> = Option['type'] extends 'boolean'
  ? boolean
  :
      | (Option['type'] extends 'integer' ? number : string)
      | (Option extends { readonly default: string } ? never : undefined);

/** The options of a command after parsing: typed, defaults filled in. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: OptionValue<Options[Name]>;
};

/** What every command receives beside its own arguments. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
  readonly progress: Progress;
  /** Aborted at the first Ctrl-C or SIGTERM; the command then ends in order. */
  readonly stop: AbortSignal;
}

export interface CommandInput<Options> {
  readonly options: Options;
  readonly positionals: readonly string[];
  readonly context: CommandContext;
}

/** Does the work and prints its result; resolves to the exit code, 0 when it says nothing. */
export type Handler<Options> = (input: CommandInput<Options>) => Promise<number | void>;

/** A command as the help and the parser see it. The code behind it is loaded when it runs. */
export interface Command {
  /** `['migrate', 'up']` for `plinth migrate up`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: OptionTable;
  readonly examples: readonly string[];
  /** Exit codes that are this command's own. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  load(): Promise<Handler<never>>;
}

/** Gives a command its type: the handler must fit the options. */
export function defineCommand<const Options extends OptionTable>(
  command: Omit<Command, 'options' | 'load'> & {
    readonly options: Options;
    load(): Promise<Handler<OptionValues<Options>>>;
  },
): Command {
  return command;
}
