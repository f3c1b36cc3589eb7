const blockSize = 512;

/**
 * One file of a tar archive (POSIX ustar): header, bytes, padding. `name` has at most 100 bytes, `bytes` fewer than
 * 8 GiB. Two blocks of zeros, `tarEnd`, end the archive.
 */
export function renderTarEntry(name: string, bytes: Buffer, modifiedAt: Date): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`the name ${name} is too long for a tar header`);
  const header = Buffer.alloc(blockSize);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${octal(bytes.length, 11)}\0`, 124);
  header.write(`${octal(Math.floor(modifiedAt.getTime() / 1000), 11)}\0`, 136);
  // The sum is taken with spaces in its own place.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\0' + '00', 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  const padding = Buffer.alloc((blockSize - (bytes.length % blockSize)) % blockSize);
  return Buffer.concat([header, bytes, padding]);
}

/** What ends a tar archive. */
export const tarEnd = Buffer.alloc(2 * blockSize);

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
