const chunkSize = 1 << 20;
const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/** Collects rows in the binary format of COPY (postgresql.org/docs/18/sql-copy.html), which costs the server least. */
export class BinaryRows {
  #chunk = Buffer.allocUnsafe(chunkSize * 2);
  #used = header.copy(this.#chunk);

  /** Whether it is time to `take` what there is. */
  get isFull(): boolean {
    return this.#used >= chunkSize;
  }

  /** Begins a row; the fields follow. One row must not exceed a megabyte. */
  row(fields: number): void {
    this.#used = this.#chunk.writeInt16BE(fields, this.#used);
  }

  uuid(value: Buffer): void {
    this.#used = this.#chunk.writeInt32BE(16, this.#used);
    this.#used += value.copy(this.#chunk, this.#used, 0, 16);
  }

  /** A UUID given as hexadecimal digits; more than 32 are cut off. */
  hexUuid(digits: string): void {
    this.#used = this.#chunk.writeInt32BE(16, this.#used);
    this.#used += this.#chunk.write(digits, this.#used, 16, 'hex');
  }

  /** Text, or JSON, of ASCII alone. */
  text(value: string): void {
    this.#used = this.#chunk.writeInt32BE(value.length, this.#used);
    this.#used += this.#chunk.write(value, this.#used, 'latin1');
  }

  /** A whole number in a column of eight bytes; also a time, as microseconds since 2000. */
  integer(value: number): void {
    this.#used = this.#chunk.writeInt32BE(8, this.#used);
    this.#used = this.#chunk.writeInt32BE(Math.floor(value / 2 ** 32), this.#used);
    this.#used = this.#chunk.writeUInt32BE(value % 2 ** 32, this.#used);
  }

  /** A whole number that is not negative, as `numeric`: digits to the base of 10,000. */
  numeric(value: number): void {
    const digits: number[] = [];
    for (let rest = value; rest > 0; rest = Math.floor(rest / 10_000)) digits.unshift(rest % 10_000);
    this.#used = this.#chunk.writeInt32BE(8 + 2 * digits.length, this.#used);
    const weight = Math.max(0, digits.length - 1);
    for (const field of [digits.length, weight, 0, 0, ...digits])
      this.#used = this.#chunk.writeInt16BE(field, this.#used);
  }

  /** The bytes since the last call. */
  take(): Buffer {
    const taken = this.#chunk.subarray(0, this.#used);
    this.#chunk = Buffer.allocUnsafe(chunkSize * 2);
    this.#used = 0;
    return taken;
  }

  /** The last bytes. */
  end(): Buffer {
    this.row(-1);
    return this.take();
  }
}
