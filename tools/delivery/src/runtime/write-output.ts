import { OutputNotWritableError } from '../render/render.errors.ts';

/** Runs what writes below a path; an error of the file system becomes an {@link OutputNotWritableError} that names it. */
export async function writeOutput<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new OutputNotWritableError(path, error);
    throw error;
  }
}
