import { inspect } from 'node:util';

/** A value that cannot print itself: `reveal()` is the only way to it. */
export class Secret<Value = string> {
  readonly #value: Value;
  constructor(value: Value) {
    this.#value = value;
  }
  /** The value itself; call it only where it is used. */
  reveal(): Value {
    return this.#value;
  }
  toString(): string {
    return '[redacted]';
  }
  toJSON(): string {
    return '[redacted]';
  }
  [inspect.custom](): string {
    return '[redacted]';
  }
}
